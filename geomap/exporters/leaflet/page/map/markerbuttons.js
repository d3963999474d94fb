// Leaflet markers that keyboards and screen readers can use.

/** Make a Leaflet marker a button for keyboards and screen readers. `act` learns whether the keyboard was used. */
export function makeButton(marker, label, act) {
  marker.on("click", () => act(false));
  marker.on("add", () => {
    const node = marker.getElement();
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", label);
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      act(true);
    });
  });
}

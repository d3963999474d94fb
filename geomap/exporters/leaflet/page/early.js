// What a page does as soon as it begins to be read, from its head.
import { holdFromStart } from "./heldpresses.js";

holdFromStart();

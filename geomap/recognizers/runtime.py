"""The library that computes the encoder, ONNX Runtime, with what it tells its maker switched off."""

import os
from typing import Any


def load_onnxruntime() -> Any:
    """Return the module ``onnxruntime``, which then neither sends telemetry nor keeps a queue of it.

    From version 1.29 on it does both unless told otherwise: it makes a device id and a database of events below the
    user's cache folder and looks up its maker's collector. It reads the variable when it is imported; for a program
    that imported it before, the call stops what can still be stopped. No other module imports it; a test holds that.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime

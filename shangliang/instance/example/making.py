"""A picture and a recording for the example, made from nothing: no place, no face, no word anybody said."""

import math
import wave
from array import array
from io import BytesIO

from PIL import Image, ImageDraw

RATE, PITCH, LOUDNESS = 8000, 220, 3000
SKY, GROUND, POLE, PLATE = "#c9dbe6", "#8d8f86", "#4d4a45", "#2456a6"
PLATE_AT = (0.62, 0.78, 0.78, 0.86)  # of width and height


def soft_tone(seconds: int = 3) -> bytes:
    """Return a WAV file with a soft tone that swells and fades."""
    count = RATE * seconds
    waves = array(
        "h",
        (
            int(LOUDNESS * math.sin(math.pi * at / count) * math.sin(2 * math.pi * PITCH * at / RATE))
            for at in range(count)
        ),
    )
    out = BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setparams((1, 2, RATE, 0, "NONE", ""))
        sheet.writeframes(waves.tobytes())
    return out.getvalue()


def leaning_pole(width: int = 640, height: int = 480) -> bytes:
    """Return a drawn picture of a leaning lamp post with a car beside it, as a PNG file."""
    picture = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.7, width, height), GROUND)
    draw.line((width * 0.2, height * 0.8, width * 0.34, height * 0.12), POLE, 12)
    draw.line((width * 0.34, height * 0.12, width * 0.46, height * 0.16), POLE, 8)
    draw.rounded_rectangle((width * 0.52, height * 0.6, width * 0.88, height * 0.9), 24, "#b5463c")
    left, top, right, bottom = PLATE_AT
    draw.rectangle((width * left, height * top, width * right, height * bottom), PLATE)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def plate_in_thousandths() -> tuple[int, int, int, int]:
    """Return the place of the number plate in that picture: left, top, width, height, with a little around it."""
    left, top, right, bottom = PLATE_AT
    return (
        round(left * 1000) - 20,
        round(top * 1000) - 20,
        round((right - left) * 1000) + 40,
        round((bottom - top) * 1000) + 40,
    )

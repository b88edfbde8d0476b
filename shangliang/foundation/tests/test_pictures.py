"""Pictures: nothing of the original file survives, and nothing but a picture gets in."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from shangliang.foundation import pictures
from shangliang.foundation.pictures import NotAPicture, fsync_write, redraw

SECRET = b"HOME-ADDRESS-CANARY"


def saved(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def plain(mode="RGB", size=(60, 40), colour="red"):
    return Image.new(mode, size, colour)


def opened(result):
    picture = Image.open(BytesIO(result.jpeg))
    picture.load()
    return picture


def test_place_comment_profile_and_tail_are_gone():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    data = saved(plain(), "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET) + SECRET
    assert data.count(SECRET) >= 4
    result = redraw(data)
    assert SECRET not in result.jpeg and b"Exif" not in result.jpeg and b"ICC_PROFILE" not in result.jpeg
    assert not opened(result).getexif() and "comment" not in opened(result).info


def test_a_picture_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    result = redraw(saved(plain(), "JPEG", exif=exif))
    assert (result.width, result.height) == (40, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_the_usual_formats_become_jpeg(kind):
    result = redraw(saved(plain(), kind))
    assert opened(result).format == "JPEG" and (result.width, result.height) == (60, 40)


def test_large_pictures_shrink_and_small_ones_stay():
    assert max(redraw(saved(plain(size=(5000, 1000)), "PNG"))[1:]) == 2000
    assert redraw(saved(plain(size=(3000, 4000)), "JPEG"), max_side=600)[1:] == (450, 600)
    assert redraw(saved(plain(size=(1, 1)), "PNG"))[1:] == (1, 1)


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "LA", "P", "RGBA"])
def test_other_colour_models_are_read(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert opened(redraw(saved(Image.new(mode, (8, 8)), kind))).mode == "RGB"


def test_cmyk_jpeg_keeps_its_colour():
    red, green, blue = opened(redraw(saved(plain().convert("CMYK"), "JPEG"))).getpixel((5, 5))
    assert red > 200 and green < 60 and blue < 60


def test_sixteen_bit_grey_is_scaled_not_cut_off():
    data = saved(Image.new("I;16", (8, 8), 32768), "PNG")
    assert abs(opened(redraw(data)).getpixel((4, 4))[0] - 128) < 3


def test_the_see_through_lies_on_white():
    result = opened(redraw(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")))
    assert result.getpixel((4, 4)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_stays():
    data = saved(plain(), "GIF", save_all=True, append_images=[plain(colour="blue")], duration=50)
    result = opened(redraw(data))
    assert result.getpixel((9, 9))[0] > 200 and getattr(result, "n_frames", 1) == 1


def header_only_png(width, height):
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(8000, 5001), (12000, 12000), (60000, 60000)])
def test_a_bomb_is_refused_from_its_header(size):
    with pytest.raises(NotAPicture, match="4000 万像素"):
        redraw(header_only_png(*size) + saved(plain(), "PNG")[33:])


def test_thirty_megabytes_are_refused_before_decoding():
    with pytest.raises(NotAPicture, match="12 MB"):
        redraw(saved(plain(), "JPEG") + bytes(30 * 1024 * 1024))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "这是一封信，只是名字叫照片.jpg".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7\n",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
        saved(plain(size=(300, 300)), "PNG")[:-200],
        saved(Image.effect_noise((300, 300), 90), "JPEG")[:5000],
        b"GIF89a\xff\xff",
    ],
)
def test_what_is_no_whole_picture_is_refused_with_a_sentence(data):
    with pytest.raises(NotAPicture, match="您写的字还在"):
        redraw(data)


def test_a_written_file_is_whole_and_alone(tmp_path):
    target = tmp_path / "ab" / "cd" / "picture.jpg"
    fsync_write(target, b"first")
    fsync_write(target, b"second")
    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["picture.jpg"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "picture.jpg"
    fsync_write(target, b"old")

    def full_disk(_):
        raise OSError("disk full")

    monkeypatch.setattr(pictures.os, "fsync", full_disk)
    with pytest.raises(OSError, match="disk full"):
        fsync_write(target, b"new")
    assert target.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1

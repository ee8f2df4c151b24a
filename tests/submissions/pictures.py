"""Pictures that tell, in every place their format has, who made them where and when.

`marked(kind)` makes one, with a mark of its own in each of `places(kind)`; `marks_in(data)` names
the places whose marks are somewhere in the data: as text in the usual encodings, as the numbers
of a position, or compressed. The segments are written here by hand, so that no library decides
what a picture may tell.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.files.pictures import file_of, jpeg, picture

KINDS = ("JPEG", "PNG", "WEBP")
TOKEN = "Marked7Q"
MOMENT = "1987:06:05 04:03:21"
"""The exact second at which it was taken."""
LATITUDE = (559_217_773, 10_000_019)
LONGITUDE = (376_173_299, 10_000_079)
"""Degrees as two rationals that stand nowhere else."""
IN_EXIF = (
    "exif-description", "exif-maker", "exif-camera", "exif-program", "exif-artist", "exif-rights",
    "exif-comment", "exif-note", "exif-owner", "exif-serial", "gps-area", "thumbnail",
)  # fmt: skip
IN_XMP = ("xmp",)
OF_KIND = {
    "JPEG": ("xmp-more", "iptc-author", "iptc-city", "iptc-caption", "comment", "segment",
             "head-thumbnail"),
    "PNG": ("text", "text-packed", "text-worded", "chunk"),
    "WEBP": ("chunk",),
}  # fmt: skip
NUMBERS = ("latitude", "longitude", "moment")


def places(kind: str) -> tuple[str, ...]:
    """Name the places of a picture of this kind that tell something."""
    return (*IN_EXIF, *IN_XMP, *OF_KIND[kind], *NUMBERS, "profile", "trailing")


def mark(place: str) -> str:
    """Return the mark of a place, which may also be a form's field or a file's name."""
    return f"{TOKEN}-{place}-{zlib.crc32(place.encode()):08x}"


def marks_in(data: bytes, also: tuple[str, ...] = ()) -> list[str]:
    """Name the places whose marks are in the data; `also` names places beside the pictures'."""
    whole = data + b"\n".join(_unpacked(data))
    every = {*also, *(place for kind in KINDS for place in places(kind))}
    return sorted(place for place in every if any(form in whole for form in _forms(place)))


def marked(kind: str = "JPEG", width: int = 400, height: int = 300) -> bytes:
    """Return a picture that opens everywhere and tells everything."""
    plain = file_of(picture(width, height), kind)
    return {"JPEG": _marked_jpeg, "PNG": _marked_png, "WEBP": _marked_webp}[kind](plain)


def _forms(place: str) -> set[bytes]:
    """Return every form in which a mark would still tell: whole, or in other clothes."""
    if place in {"latitude", "longitude"}:
        pair = LATITUDE if place == "latitude" else LONGITUDE
        degrees = f"{pair[0] / pair[1]:.5f}"
        packed = {struct.pack(f"{order}I", number) for order in "<>" for number in pair}
        return {*packed, degrees.encode(), degrees.encode("utf-16-le")}
    if place == "moment":
        return {MOMENT.encode(), MOMENT.replace(":", "-", 2).encode(), b"1987-06-05T04:03:21"}
    text = mark(place)
    plain = text.encode()
    # Base64 of what stands at any of the three offsets, without its ends, which hang on the rest.
    coded = {base64.b64encode(b"x" * at + plain)[4:-4] for at in range(3)}
    other = {text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode()}
    return {plain, plain.lower(), plain.upper(), *other, *coded}


def _unpacked(data: bytes) -> list[bytes]:
    """Return what inflates anywhere in the data."""
    found = []
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            found.append(zlib.decompressobj().decompress(data[start.start() :], 1_000_000))
        except zlib.error:
            continue
    return found


def tiff(thumbnail: bytes = b"") -> bytes:
    """Write EXIF: four directories, the second picture in the last of them."""
    note = mark("exif-note").encode() + bytes(range(40))
    comment = b"UNICODE\0" + mark("exif-comment").encode("utf-16-le")
    exif = {
        0x9003: MOMENT, 0x9004: MOMENT, 0x9286: comment, 0x927C: note,
        0xA430: mark("exif-owner"), 0xA431: mark("exif-serial"),
    }  # fmt: skip
    gps = {
        1: "N", 2: (LATITUDE, (0, 1), (0, 1)), 3: "E", 4: (LONGITUDE, (0, 1), (0, 1)),
        7: ((4, 1), (3, 1), (21, 1)), 0x1C: b"ASCII\0\0\0" + mark("gps-area").encode(),
        0x1D: "1987:06:05",
    }  # fmt: skip
    main = {
        0x010E: mark("exif-description"), 0x010F: mark("exif-maker"),
        0x0110: mark("exif-camera"), 0x0112: 1, 0x0131: mark("exif-program"), 0x0132: MOMENT,
        0x013B: mark("exif-artist"), 0x8298: mark("exif-rights"), 0x8769: 0, 0x8825: 0,
    }  # fmt: skip
    # Twice, since the first directory points at the others: once for how long it is.
    for _ in range(2):
        first = _directory(main, 8)
        exif_at = 8 + len(first)
        own = _directory(exif, exif_at)
        gps_at = exif_at + len(own)
        place = _directory(gps, gps_at)
        last_at = gps_at + len(place)
        main |= {0x8769: exif_at, 0x8825: gps_at}
    last = _directory({0x0103: 6, 0x0201: 0, 0x0202: len(thumbnail)}, last_at)
    last = _directory({0x0103: 6, 0x0201: last_at + len(last), 0x0202: len(thumbnail)}, last_at)
    first = _directory(main, 8, following=last_at)
    return b"II*\0\x08\0\0\0" + first + own + place + last + thumbnail


def _directory(fields: dict[int, object], at: int, following: int = 0) -> bytes:
    """Write a directory of TIFF that begins at an offset, with its values behind it."""
    rows, values = b"", b""
    beyond = at + 2 + 12 * len(fields) + 4
    for tag, value in sorted(fields.items()):
        kind, count, packed = _value(value)
        if len(packed) > 4:
            rows += struct.pack("<HHII", tag, kind, count, beyond + len(values))
            values += packed + bytes(len(packed) % 2)
        else:
            rows += struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0")
    return struct.pack("<H", len(fields)) + rows + struct.pack("<I", following) + values


def _value(value: object) -> tuple[int, int, bytes]:
    if isinstance(value, int):
        return 4, 1, struct.pack("<I", value)
    if isinstance(value, bytes):
        return 7, len(value), value
    if isinstance(value, tuple):
        return 5, len(value), b"".join(struct.pack("<II", *pair) for pair in value)
    text = f"{value}\0".encode()
    return 2, len(text), text


def profile() -> bytes:
    """Write a colour profile whose description is marked."""
    text = mark("profile").encode() + b"\0"
    told = b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78)
    table = struct.pack(">I4sII", 1, b"desc", 144, len(told))
    head = bytearray(128)
    struct.pack_into(">I", head, 0, 144 + len(told))
    head[8:24] = struct.pack(">I4s4s4s", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head[36:40] = b"acsp"
    return bytes(head) + table + told


def xmp() -> bytes:
    """Write a packet of XMP."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        "<rdf:Description "
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{mark("xmp")}" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="1987-06-05T04:03:21"/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _thumbnail() -> bytes:
    """Return the small second picture; what it shows is the mark of its own."""
    return file_of(picture(32, 24), "JPEG", comment=mark("thumbnail").encode())


def segment(marker: int, content: bytes) -> bytes:
    """Write a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def chunk(kind: bytes, content: bytes) -> bytes:
    """Write a chunk of a PNG."""
    checked = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)


def riff_chunk(kind: bytes, content: bytes) -> bytes:
    """Write a chunk of a WebP."""
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _marked_jpeg(plain: bytes) -> bytes:
    head = 4 + int.from_bytes(plain[4:6], "big")
    iptc = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(mark(place))) + mark(place).encode()
        for number, place in ((80, "iptc-author"), (90, "iptc-city"), (120, "iptc-caption"))
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + bytes(len(iptc) % 2)
    shown = b"JFXX\0\x10" + file_of(picture(8, 8), comment=mark("head-thumbnail").encode())
    more = mark("xmp-more").encode()
    told = (
        segment(0xE0, shown)
        + segment(0xE1, b"Exif\0\0" + tiff(_thumbnail()))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp())
        + segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
            + struct.pack(">II", len(more), 0) + more,
        )
        + segment(0xE2, b"ICC_PROFILE\0\x01\x01" + profile())
        + segment(0xED, b"Photoshop 3.0\0" + resource)
        + segment(0xEB, mark("segment").encode())
        + segment(0xFE, mark("comment").encode())
    )  # fmt: skip
    return plain[:head] + told + plain[head:] + mark("trailing").encode()


def _marked_png(plain: bytes) -> bytes:
    head = 8 + 25
    worded = zlib.compress(mark("text-worded").encode())
    told = (
        chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile()))
        + chunk(b"tEXt", b"Author\0" + mark("text").encode())
        + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(mark("text-packed").encode()))
        + chunk(b"iTXt", b"Title\0\x01\0ru\0\0" + worded)
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp())
        + chunk(b"eXIf", tiff(_thumbnail()))
        + chunk(b"tIME", struct.pack(">HBBBBB", 1987, 6, 5, 4, 3, 21))
        + chunk(b"maRk", mark("chunk").encode())
    )
    return plain[:head] + told + plain[head:] + mark("trailing").encode()


def _marked_webp(plain: bytes) -> bytes:
    with Image.open(BytesIO(plain)) as opened:
        width, height = opened.size
    pixels = plain[12:]
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    told = (
        riff_chunk(b"VP8X", struct.pack("<I", 0x2C) + size)
        + riff_chunk(b"ICCP", profile())
        + pixels
        + riff_chunk(b"EXIF", tiff(_thumbnail()))
        + riff_chunk(b"XMP ", xmp())
        + riff_chunk(b"MARK", mark("chunk").encode())
    )
    whole = b"RIFF" + struct.pack("<I", len(told) + 4) + b"WEBP" + told
    return whole + mark("trailing").encode()


def plain(kind: str = "JPEG") -> bytes:
    """Return a picture that tells nothing."""
    return jpeg(400, 300) if kind == "JPEG" else file_of(picture(400, 300), kind)

"""Makes the pictures of src/test/resources/pictures/reference.zip, and what reference decoders make of them.

Each picture is a small scene of a seed: gradients, shapes, texture and noise, at sizes off the borders of
blocks. The zip holds <name> for each picture, <name>.pixels beside each JPEG (what djpeg makes of it), and
list.csv: name, width, height, channels, SHA-256 of the expected pixels (row by row, channels side by side, drawn
on black where they are transparent).

Decoders: libjpeg-turbo (djpeg), libpng (pngtopam of Netpbm), libwebp, and Pillow's own of GIF and BMP.

    pip install pillow==12.3.0 numpy; apt-get install libjpeg-turbo-progs netpbm
    python src/test/python/reference_pictures.py src/test/resources/pictures/reference.zip
"""

import hashlib
import io
import itertools
import struct
import subprocess
import sys
import zipfile
import zlib

import numpy as np
from PIL import Image

SIZES = [(17, 23), (33, 40), (64, 48)]


def scene(width, height, seed):
    """Red, green, blue and alpha from 0 to 1, [height, width, 4]."""
    draw = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    picture = np.empty((height, width, 4))
    for c in range(4):
        a, b, phase = draw.normal(size=3)
        picture[..., c] = 0.5 + 0.3 * (a * (x / width - 0.5) + b * (y / height - 0.5)) + 0.1 * np.sin(x / 3 + phase)
    for _ in range(6):
        cx, cy, radius = draw.uniform(0, width), draw.uniform(0, height), draw.uniform(2, width / 2)
        inside = (x - cx) ** 2 + (y - cy) ** 2 < radius**2 if draw.random() < 0.5 else (abs(x - cx) < radius) & (
            abs(y - cy) < radius / 2
        )
        picture[inside] = 0.6 * draw.uniform(0, 1, 4) + 0.4 * picture[inside]
    picture[..., :3] += 0.06 * draw.normal(size=(height, width, 1)) + 0.02 * draw.normal(size=(height, width, 3))
    picture[..., 3] = np.round(2 * picture[..., 3] - 0.4, 1)
    return np.clip(picture, 0, 1)


def levels(picture, most):
    return np.round(picture * most).astype(int)


def on_black(values, most):
    """Pixels of 8 bits out of samples up to `most`, of which the last of 2 or 4 channels is alpha."""
    values = (np.asarray(values).astype(np.int64) * 255 + most // 2) // most
    if values.shape[2] in (2, 4):
        alpha = values[..., -1:]
        values = (values[..., :-1] * alpha + 127) // 255
    return values.astype(np.uint8)


class Pictures:
    def __init__(self, target):
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self.rows = []

    def write(self, name, data):
        self.zip.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)

    def add(self, name, data, pixels, keep=False):
        height, width, channels = pixels.shape
        raw = pixels.astype(np.uint8).tobytes()
        self.write(name, data)
        if keep:
            self.write(name + ".pixels", raw)
        self.rows.append(f"{name},{width},{height},{channels},{hashlib.sha256(raw).hexdigest()}")

    def close(self):
        self.write("list.csv", "\n".join(self.rows) + "\n")
        self.zip.close()


def run(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def pnm(data):
    """A PNM or PAM file: samples [height, width, channels], and the largest value."""
    image = io.BytesIO(data)
    kind = image.readline().strip()
    head = {}
    if kind == b"P7":
        for line in iter(image.readline, b"ENDHDR\n"):
            key, value = line.split(None, 1)
            head[key] = value
        width, height, depth, most = (int(head[k]) for k in (b"WIDTH", b"HEIGHT", b"DEPTH", b"MAXVAL"))
    else:
        width, height = map(int, image.readline().split())
        most = int(image.readline())
        depth = {b"P5": 1, b"P6": 3}[kind]
    samples = np.frombuffer(image.read(), ">u2" if most > 255 else "u1")
    return samples.reshape(height, width, depth), most


# ---- JPEG


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def ppm(values):
    height, width, channels = values.shape
    return b"P%d\n%d %d\n255\n" % (5 if channels == 1 else 6, width, height) + values.astype(np.uint8).tobytes()


def jpegs(pictures):
    samplings = {"444": "1x1", "422": "2x1", "420": "2x2", "440": "1x2", "411": "4x1"}
    seed = 0
    for (w, h), (name, sampling), quality in itertools.product(SIZES, samplings.items(), (30, 75, 95)):
        for extra in ([], ["-progressive"]):
            seed += 1
            colours = levels(scene(w, h, seed)[..., :3], 255)
            data = run(["cjpeg", "-quality", str(quality), "-sample", sampling, *extra], ppm(colours))
            jpeg(pictures, f"jpeg/{name}-q{quality}{''.join(extra)}-{w}x{h}.jpg", data)
    for (w, h), quality, extra in itertools.product(SIZES, (40, 90), ([], ["-progressive"], ["-optimize"])):
        seed += 1
        grey = levels(scene(w, h, seed)[..., :1], 255)
        data = run(["cjpeg", "-grayscale", "-quality", str(quality), *extra], ppm(grey))
        jpeg(pictures, f"jpeg/grey-q{quality}{''.join(extra)}-{w}x{h}.jpg", data)
    for (w, h), restart in itertools.product(SIZES, ("1", "2B", "7B")):
        seed += 1
        colours = levels(scene(w, h, seed)[..., :3], 255)
        data = run(["cjpeg", "-restart", restart, "-sample", "2x2"], ppm(colours))
        jpeg(pictures, f"jpeg/restart-{restart}-{w}x{h}.jpg", data)
    for (w, h), quality in itertools.product(SIZES, (60, 95)):
        seed += 1
        colours = levels(scene(w, h, seed)[..., :3], 255)
        data = run(["cjpeg", "-rgb", "-quality", str(quality)], ppm(colours))
        jpeg(pictures, f"jpeg/rgb-q{quality}-{w}x{h}.jpg", data)
        inks = Image.fromarray(levels(scene(w, h, seed + 500), 255).astype(np.uint8), "CMYK")
        data = saved(inks, "JPEG", quality=quality)
        # Pillow gives inks as they are meant, 255 being all of it, however they are stored.
        pictures.add(f"jpeg/cmyk-q{quality}-{w}x{h}.jpg", data, light(data), keep=True)
        data = as_ycck(data)
        pictures.add(f"jpeg/ycck-q{quality}-{w}x{h}.jpg", data, light(data), keep=True)


def light(data):
    inks = 255 - np.asarray(Image.open(io.BytesIO(data))).astype(int)
    return (inks[..., :3] * inks[..., 3:] + 127) // 255


def as_ycck(data):
    """The same file saying that its inks are luminance and chrominance, which makes another picture."""
    at = data.index(b"Adobe")
    return data[: at + 11] + b"\2" + data[at + 12 :]


def jpeg(pictures, name, data):
    pixels, _ = pnm(run(["djpeg", "-dct", "int"], data))
    pictures.add(name, data, pixels, keep=True)


# ---- PNG, which Pillow does not write in all its kinds

ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(row, bits):
    if bits == 16:
        return row.astype(">u2").tobytes()
    if bits == 8:
        return row.astype(np.uint8).tobytes()
    flat = row.reshape(-1)
    flat = np.concatenate([flat, np.zeros(-len(flat) % (8 // bits), int)]).reshape(-1, 8 // bits)
    return bytes(sum(int(v) << (8 - bits - i * bits) for i, v in enumerate(group)) for group in flat)


def filtered(rows, step, draw):
    """Rows behind the number of a filter each, chosen at random."""
    out = b""
    above = bytes(len(rows[0]) if rows else 0)
    for row in rows:
        kind = int(draw.integers(5))
        line = bytearray()
        for i, value in enumerate(row):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            up = above[i]
            distances = [abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)]
            paeth = (left, up, corner)[distances.index(min(distances))]
            line.append((value - (0, left, up, (left + up) // 2, paeth)[kind]) & 255)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


def png(samples, colour, bits, interlaced, seed, before=b""):
    height, width, channels = samples.shape
    draw = np.random.default_rng(seed)
    step = max(1, channels * bits // 8)
    parts = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7] if interlaced else [samples]
    data = b"".join(filtered([packed(row, bits) for row in part], step, draw) for part in parts if part.size)
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + before
        + b"".join(chunk(b"IDAT", z) for z in split(zlib.compress(data, 9)))
        + chunk(b"IEND", b"")
    )


def split(data):
    return [data[: len(data) // 3], data[len(data) // 3 :]]


def pngs(pictures):
    seed = 1000
    for (w, h), interlaced in itertools.product(SIZES, (False, True)):
        kinds = [("grey", 0, 1, b) for b in (1, 2, 4, 8, 16)] + [("rgb", 2, 3, b) for b in (8, 16)]
        kinds += [("greyalpha", 4, 2, b) for b in (8, 16)] + [("rgba", 6, 4, b) for b in (8, 16)]
        kinds += [("palette", 3, 1, b) for b in (1, 2, 4, 8)] + [("palettealpha", 3, 1, b) for b in (1, 2, 4, 8)]
        kinds += [("greykey", 0, 1, b) for b in (1, 2, 4, 8, 16)] + [("rgbkey", 2, 3, b) for b in (8, 16)]
        for name, colour, channels, bits in kinds:
            seed += 1
            picture = scene(w, h, seed)
            samples = levels(picture[..., 2:] if channels == 2 else picture[..., :channels], 2**bits - 1)
            before = b""
            if colour == 3:
                draw = np.random.default_rng(seed)
                before = chunk(b"PLTE", draw.integers(0, 256, 3 * 2**bits, dtype=np.uint8).tobytes())
                if name == "palettealpha":
                    before += chunk(b"tRNS", draw.integers(0, 256, 2**bits * 3 // 4 + 1, dtype=np.uint8).tobytes())
            elif name.endswith("key"):
                before = chunk(b"tRNS", b"".join(struct.pack(">H", int(v)) for v in samples[h // 2, w // 2]))
            data = png(samples, colour, bits, interlaced, seed, before)
            values, most = pnm(run(["pngtopam", "-alphapam"], data))
            pixels = on_black(values, most)
            if name == "rgbkey":
                # Netpbm passes over a transparent colour, and Pillow knows it at 8 bits alone.
                pixels = pixels * (samples != samples[h // 2, w // 2]).any(2, keepdims=True)
                assert bits == 16 or (pixels == frame(data)).all()
            pictures.add(f"png/{name}-{bits}{'-interlaced' * interlaced}-{w}x{h}.png", data, pixels)


# ---- GIF and BMP


def frame(data):
    return on_black(np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")), 255)


def gifs(pictures):
    seed = 2000
    for (w, h), colours, interlaced in itertools.product(SIZES, (2, 4, 16, 256), (0, 1)):
        seed += 1
        image = Image.fromarray(levels(scene(w, h, seed)[..., :3], 255).astype(np.uint8)).quantize(colours)
        data = saved(image, "GIF", interlace=interlaced)
        pictures.add(f"gif/{colours}{'-interlaced' * interlaced}-{w}x{h}.gif", data, frame(data))
        if colours > 2:
            data = saved(image, "GIF", interlace=interlaced, transparency=colours // 2)
            pictures.add(f"gif/{colours}-transparent{'-interlaced' * interlaced}-{w}x{h}.gif", data, frame(data))
            more = [image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), image.rotate(180)]
            data = saved(image, "GIF", save_all=True, append_images=more, interlace=interlaced)
            pictures.add(f"gif/{colours}-frames{'-interlaced' * interlaced}-{w}x{h}.gif", data, frame(data))
            at = data.index(b"," + struct.pack("<HHHH", 0, 0, w, h))
            # The same frame on a larger screen.
            wide = bytearray(data)
            wide[6:10] = struct.pack("<HH", w + 11, h + 7)
            wide[at + 1 : at + 5] = struct.pack("<HH", 5, 3)
            pixels = np.zeros((h + 7, w + 11, 3), np.uint8)
            pixels[3 : 3 + h, 5 : 5 + w] = frame(data)
            pictures.add(f"gif/{colours}-small{'-interlaced' * interlaced}-{w}x{h}.gif", bytes(wide), pixels)


def bmp(rows, width, height, bits, compression=0, palette=b"", masks=b"", top_down=False):
    start = 54 + len(masks) + len(palette)
    body = b"".join(rows)
    head = struct.pack("<IiiHHIIiiII", 40, width, -height if top_down else height, 1, bits, compression, len(body),
                       2835, 2835, len(palette) // 4, 0)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + head + masks + palette + body


def padded(row):
    return row + bytes(-len(row) % 4)


def runs(values, bits, draw):
    """Runs of a row, and pixels one by one where they differ."""
    out = b""
    at = 0
    while at < len(values):
        end = at + 1
        while end < len(values) and end - at < 255 and values[end] == values[at]:
            end += 1
        if end - at < 3 and len(values) - at >= 4 and draw.random() < 0.7:
            count = int(min(len(values) - at, draw.integers(3, 12)))
            part = values[at : at + count]
            data = bytes(part) if bits == 8 else packed(np.array(part), 4)
            out += bytes([0, count]) + data + bytes(len(data) % 2)
            at += count
        else:
            value = values[at] if bits == 8 else values[at] * 17
            out += bytes([end - at, value])
            at = end
    return out + b"\0\0"


def bmps(pictures):
    seed = 3000
    for w, h in SIZES:
        for bits, top_down in itertools.product((1, 4, 8, 24, 32), (False, True)):
            seed += 1
            draw = np.random.default_rng(seed)
            picture = levels(scene(w, h, seed)[..., :3], 255)
            palette = b""
            if bits <= 8:
                colours = draw.integers(0, 256, (2**bits, 3))
                palette = b"".join(bytes([b, g, r, 0]) for r, g, b in colours.tolist())
                samples = levels(scene(w, h, seed)[..., :1], 2**bits - 1)
                expected = colours[samples[..., 0]]
            else:
                samples = picture[..., ::-1]
                if bits == 32:
                    samples = np.concatenate([samples, np.zeros((h, w, 1), int)], 2)
                expected = picture
            rows = [padded(packed(row, min(bits, 8))) for row in samples]
            data = bmp(rows if top_down else rows[::-1], w, h, bits, 0, palette, b"", top_down)
            check_bmp(data, expected)
            pictures.add(f"bmp/{bits}{'-topdown' * top_down}-{w}x{h}.bmp", data, expected)
        for name, masks, widths in (("555", None, (5, 5, 5)), ("565", (0xF800, 0x7E0, 0x1F), (5, 6, 5))):
            seed += 1
            picture = scene(w, h, seed)
            parts = [levels(picture[..., c], 2 ** widths[c] - 1) for c in range(3)]
            words = parts[0] << widths[1] + widths[2] | parts[1] << widths[2] | parts[2]
            rows = [padded(row.astype("<u2").tobytes()) for row in words][::-1]
            raw = b"".join(struct.pack("<I", m) for m in masks) if masks else b""
            data = bmp(rows, w, h, 16, 3 if masks else 0, b"", raw)
            expected = np.stack([on_black(parts[c][..., None], 2 ** widths[c] - 1)[..., 0] for c in range(3)], 2)
            # Pillow rounds down.
            found = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
            assert abs(found.astype(int) - expected).max() <= 1
            pictures.add(f"bmp/{name}-{w}x{h}.bmp", data, expected)
        for bits in (4, 8):
            seed += 1
            draw = np.random.default_rng(seed)
            colours = draw.integers(0, 256, (2**bits, 3))
            palette = b"".join(bytes([b, g, r, 0]) for r, g, b in colours.tolist())
            # Few levels, so that there are runs.
            samples = levels(scene(w, h, seed)[..., 0], 6) * (2**bits - 1) // 6
            rows = [runs(row.tolist(), bits, draw) for row in samples][::-1]
            data = bmp(rows + [b"\0\1"], w, h, bits, 1 if bits == 8 else 2, palette)
            expected = colours[samples]
            check_bmp(data, expected)
            pictures.add(f"bmp/runs-{bits}-{w}x{h}.bmp", data, expected)


def check_bmp(data, expected):
    # Pillow takes an odd number of single pixels of four bits for one less.
    if data[30] == 2:
        found, _ = pnm(run(["bmptopnm"], data))
    else:
        found = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert (found == expected).all(), "the reference decoder reads another picture"


# ---- WebP


def webps(pictures):
    seed = 4000
    for w, h in SIZES:
        for name, channels, options in (
            ("rgb", 3, {}), ("rgba", 4, {}), ("fast", 3, {"method": 0}), ("slow", 4, {"method": 6, "quality": 100}),
        ):
            seed += 1
            data = saved(image_of(scene(w, h, seed), channels), "WEBP", lossless=True, exact=True, **options)
            pictures.add(f"webp/lossless-{name}-{w}x{h}.webp", data, frame(data))
        for colours in (2, 4, 16, 200):
            seed += 1
            image = image_of(scene(w, h, seed), 3).quantize(colours, dither=Image.Dither.NONE).convert("RGB")
            data = saved(image, "WEBP", lossless=True, method=6)
            pictures.add(f"webp/lossless-{colours}-{w}x{h}.webp", data, frame(data))
        for quality in range(10, 101, 10):
            seed += 1
            data = saved(image_of(scene(w, h, seed), 3), "WEBP", quality=quality, method=seed % 7)
            pictures.add(f"webp/lossy-q{quality}-{w}x{h}.webp", data, frame(data))
        for quality, alpha in ((20, 100), (60, 100), (80, 40), (100, 80)):
            seed += 1
            image = image_of(scene(w, h, seed), 4)
            data = saved(image, "WEBP", quality=quality, alpha_quality=alpha, method=4)
            pictures.add(f"webp/lossy-alpha-q{quality}-{alpha}-{w}x{h}.webp", data, frame(data))
        for filters in itertools.product(("-strong", "-nostrong"), ("0", "30", "100"), ("0", "7"), ("1", "4")):
            seed += 1
            strong, strength, sharpness, segments = filters
            name = f"webp/filter{strong}-{strength}-{sharpness}-{segments}-{w}x{h}.webp"
            command = ["cwebp", "-quiet", strong, "-f", strength, "-sharpness", sharpness, "-segments", segments, "-q", "40",
                       "-partition_limit", "0", "-mt", "-o", "-", "--", "-"]
            data = run(command, saved(image_of(scene(w, h, seed), 3), "PNG"))
            pictures.add(name, data, frame(data))
        for kind, options in (("none", ["-alpha_filter", "none"]), ("best", ["-alpha_filter", "best"]),
                              ("plain", ["-alpha_method", "0"])):
            seed += 1
            data = run(["cwebp", "-quiet", *options, "-q", "70", "-o", "-", "--", "-"],
                       saved(image_of(scene(w, h, seed), 4), "PNG"))
            pictures.add(f"webp/alpha-{kind}-{w}x{h}.webp", data, frame(data))
        for lossless in (False, True):
            seed += 1
            images = [image_of(scene(w, h, seed + i), 4) for i in range(3)]
            data = saved(images[0], "WEBP", save_all=True, append_images=images[1:], lossless=lossless, exact=True)
            pictures.add(f"webp/frames{'-lossless' * lossless}-{w}x{h}.webp", data, frame(data))


def image_of(picture, channels):
    return Image.fromarray(levels(picture[..., :channels], 255).astype(np.uint8))


if __name__ == "__main__":
    all_pictures = Pictures(sys.argv[1])
    for make in (jpegs, pngs, gifs, bmps, webps):
        make(all_pictures)
    all_pictures.close()
    print(len(all_pictures.rows), "pictures")

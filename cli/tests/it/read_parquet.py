"""Reads a Parquet file as JSON, by the book of the format and by nothing of Pyruns.

https://parquet.apache.org/docs/file-format/ and thrift-compact-protocol.md: flat nullable columns, data pages
of version 1, without compression, plain values. Whatever else a file holds is an error, as is every byte that
is left over.
"""

import io
import json
import struct
import sys

UNCOMPRESSED, DATA_PAGE, PLAIN, RLE = 0, 0, 0, 3
TYPES = {0: "bool", 2: "<q", 5: "<d", 6: "text"}


def varint(file):
    value = shift = 0
    while True:
        (byte,) = file.read(1)
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value


def zigzag(file):
    value = varint(file)
    return value >> 1 ^ -(value & 1)


def thrift(file, kind):
    """A value of the compact protocol; a struct is a dictionary by field number."""
    if kind in (1, 2):
        return kind == 1
    if kind in (4, 5, 6):
        return zigzag(file)
    if kind == 8:
        return file.read(varint(file))
    if kind == 9:
        (head,) = file.read(1)
        count = head >> 4 if head >> 4 < 15 else varint(file)
        return [thrift(file, head & 15) for _ in range(count)]
    assert kind == 12, "kind %d" % kind
    fields, last = {}, 0
    while True:
        (head,) = file.read(1)
        if head == 0:
            return fields
        last = last + (head >> 4) if head >> 4 else zigzag(file)
        fields[last] = thrift(file, head & 15)


def levels(data, count):
    """Runs of the hybrid encoding, one bit a level."""
    file, found = io.BytesIO(data), []
    while len(found) < count:
        head = varint(file)
        if head & 1:
            packed = file.read(head >> 1)
            found += [byte >> bit & 1 for byte in packed for bit in range(8)]
        else:
            found += [file.read(1)[0]] * (head >> 1)
    assert not file.read(), "levels are left over"
    return found[:count]


def plain(data, kind, count):
    file = io.BytesIO(data)
    if kind == "bool":
        packed = file.read((count + 7) // 8)
        found = [bool(packed[at // 8] >> at % 8 & 1) for at in range(count)]
    elif kind == "text":
        found = [file.read(struct.unpack("<I", file.read(4))[0]).decode("utf-8") for _ in range(count)]
    else:
        found = [struct.unpack(kind, file.read(8))[0] for _ in range(count)]
    assert not file.read(), "values are left over"
    return found


def column(data, chunk, rows):
    about = chunk[3]
    kind, codec, count, size, offset = TYPES[about[1]], about[4], about[5], about[7], about[9]
    assert codec == UNCOMPRESSED and count == rows and about[6] == size, about
    file = io.BytesIO(data[offset : offset + size])
    header = thrift(file, 12)
    page = header[5]
    assert header[1] == DATA_PAGE and page[1] == rows, header
    assert (page[2], page[3]) == (PLAIN, RLE), header
    body = file.read(header[3])
    assert len(body) == header[3] == header[2] and not file.read(), "the page has another size"
    (length,) = struct.unpack("<I", body[:4])
    present = levels(body[4 : 4 + length], rows)
    values = iter(plain(body[4 + length :], kind, sum(present)))
    return [next(values) if there else None for there in present]


def read(data):
    assert data[:4] == data[-4:] == b"PAR1", "no Parquet file"
    (length,) = struct.unpack("<I", data[-8:-4])
    footer = io.BytesIO(data[-8 - length : -8])
    about = thrift(footer, 12)
    assert not footer.read(), "the footer has another size"
    root, *schema = about[2]
    (group,) = about[4]
    assert root[5] == len(schema) == len(group[1]) and group[3] == about[3], about
    table = {}
    for element, chunk in zip(schema, group[1]):
        assert element[3] == 1 and element[1] == chunk[3][1], element
        name = element[4].decode("utf-8")
        assert chunk[3][3] == [element[4]] and name not in table, element
        table[name] = column(data, chunk, about[3])
    return table


with open(sys.argv[1], "rb") as parquet:
    print(json.dumps(read(parquet.read())))

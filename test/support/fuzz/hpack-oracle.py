"""Reads and writes header blocks with python3-hpack: a list of wishes a line in, a list of what came of them out."""
import json
import sys

from hpack import Decoder, Encoder, HPACKError, NeverIndexedHeaderTuple

LIST_BYTES = 1 << 24


class Connection:
    def __init__(self):
        self.decoder, self.encoder = Decoder(LIST_BYTES), Encoder()

    def decode(self, block):
        return [[part.hex() for part in field] for field in self.decoder.decode(bytes.fromhex(block), raw=True)]

    def encode(self, fields, huffman):
        lines = []
        for name, value, is_secret in fields:
            line = (bytes.fromhex(name), bytes.fromhex(value))
            lines.append(NeverIndexedHeaderTuple(*line) if is_secret else line)
        return self.encoder.encode(lines, huffman=huffman).hex()

    def answer(self, wish):
        if "allow" in wish:
            self.decoder.max_allowed_table_size = wish["allow"]
        elif "resize" in wish:
            self.encoder.header_table_size = wish["resize"]
        elif "decode" in wish:
            return {"fields": self.decode(wish["decode"])}
        else:
            return {"block": self.encode(wish["encode"], wish["huffman"])}
        return {}


def answers(wishes):
    connection = Connection()
    for wish in wishes:
        try:
            yield connection.answer(wish)
        except (HPACKError, IndexError, ValueError) as fault:
            yield {"fault": type(fault).__name__ + ": " + str(fault)}
            return


for line in sys.stdin:
    sys.stdout.write(json.dumps(list(answers(json.loads(line)))) + "\n")
    sys.stdout.flush()

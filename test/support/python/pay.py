"""One paid call with grpc, signed here in plain Python: no package for Ethereum is needed to pay.

python3 pay.py, with a line of JSON as its input: endpoint, ca (null in cleartext), key, contract, channel, nonce, amount, method
and message, bytes in hexadecimal digits. The answer's bytes come back in the same way.
"""

import json
import secrets
import sys

import grpc

# Keccak-256, as Ethereum had it before it became SHA-3 with another padding (snet-wire 3.1).
LANE = (1 << 64) - 1
RATE_BYTES = 136


def rotate(lane, by):
    return ((lane << by) | (lane >> (64 - by))) & LANE if by else lane


def round_constants():
    """The output of a shift register of 8 bits puts bits into lane 0, round by round."""
    register = 1
    for _round in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        yield constant


def permute(lanes):
    for constant in round_constants():
        parity = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        for x in range(5):
            mixed = parity[(x + 4) % 5] ^ rotate(parity[(x + 1) % 5], 1)
            for y in range(0, 25, 5):
                lanes[x + y] ^= mixed
        x, y, current = 1, 0, lanes[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            lanes[x + 5 * y], current = rotate(current, (step + 1) * (step + 2) // 2 % 64), lanes[x + 5 * y]
        for y in range(0, 25, 5):
            row = lanes[y : y + 5]
            for x in range(5):
                lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & LANE & row[(x + 2) % 5])
        lanes[0] ^= constant


def keccak256(message):
    padded = bytearray(message) + b"\x01" + bytes(-(len(message) + 1) % RATE_BYTES)
    padded[-1] |= 0x80
    lanes = [0] * 25
    for at in range(0, len(padded), RATE_BYTES):
        for lane in range(RATE_BYTES // 8):
            lanes[lane] ^= int.from_bytes(padded[at + 8 * lane : at + 8 * lane + 8], "little")
        permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


# The curve secp256k1: y² = x³ + 7 over PRIME, where BASE has the order ORDER.
PRIME = 2**256 - 2**32 - 977
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
BASE = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def add(one, other):
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % PRIME == 0:
        return None
    if one == other:
        slope = 3 * x1 * x1 * pow(2 * y1, -1, PRIME)
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, PRIME)
    x = (slope * slope - x1 - x2) % PRIME
    return x, (slope * (x1 - x) - y1) % PRIME


def multiply(point, by):
    total = None
    while by:
        if by & 1:
            total = add(total, point)
        point = add(point, point)
        by >>= 1
    return total


def sign(key, digest):
    """65 bytes: r, s in the lower half, and which of the two points with r it was."""
    secret, number = secrets.randbelow(ORDER - 1) + 1, int.from_bytes(digest, "big")
    x, y = multiply(BASE, secret)
    r = x % ORDER
    s = pow(secret, -1, ORDER) * (number + r * key) % ORDER
    if s > ORDER // 2:
        s, y = ORDER - s, y + 1
    return r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + y % 2])


def payment(contract, channel, nonce, amount):
    """What a client signs of an escrow payment (snet-wire 3.1, 3.2)."""
    numbers = b"".join(number.to_bytes(32, "big") for number in (channel, nonce, amount))
    message = keccak256(b"__MPE_claim_message" + contract + numbers)
    return keccak256(b"\x19Ethereum Signed Message:\n32" + message)


assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

wish = json.load(sys.stdin)
channel_id, nonce, amount = (int(wish[name]) for name in ("channel", "nonce", "amount"))
digest = payment(bytes.fromhex(wish["contract"]), channel_id, nonce, amount)
metadata = [
    ("snet-payment-type", "escrow"),
    ("snet-payment-channel-id", str(channel_id)),
    ("snet-payment-channel-nonce", str(nonce)),
    ("snet-payment-channel-amount", str(amount)),
    ("snet-payment-channel-signature-bin", sign(int(wish["key"], 16), digest)),
]
if wish["ca"] is None:
    channel = grpc.insecure_channel(wish["endpoint"])
else:
    with open(wish["ca"], "rb") as file:
        channel = grpc.secure_channel(wish["endpoint"], grpc.ssl_channel_credentials(file.read()))
with channel:
    print(channel.unary_unary(wish["method"])(bytes.fromhex(wish["message"]), metadata=metadata, timeout=60).hex())

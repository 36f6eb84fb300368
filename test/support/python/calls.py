"""Calls of every kind through a gate with grpc, the library in C that Python uses; what came of them goes out as JSON.

python3 calls.py, with a line of JSON as its input: endpoint, ca (null in cleartext), and metadata, that of every call: names, and
values in hexadecimal digits.
"""

import json
import sys
import threading
import time

import grpc

wish = json.load(sys.stdin)
PAYMENT = [
    (name, bytes.fromhex(value) if name.endswith("-bin") else bytes.fromhex(value).decode())
    for name, value in wish["metadata"].items()
]
LIMIT_S = 30
MIB = 1 << 20
SIZES = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
]


def open_channel(*options):
    if wish["ca"] is None:
        return grpc.insecure_channel(wish["endpoint"], [*SIZES, *options])
    with open(wish["ca"], "rb") as file:
        return grpc.secure_channel(wish["endpoint"], grpc.ssl_channel_credentials(file.read()), [*SIZES, *options])


def readable(metadata):
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in metadata or ()}


def told(call):
    """How a call ended."""
    return {
        "code": call.code().value[0],
        "details": call.details(),
        "trailers": readable(call.trailing_metadata()),
    }


def words(messages):
    return [message.decode() for message in messages]


channel = open_channel()
unary = channel.unary_unary("/echo.Echo/Unary")
collect = channel.stream_unary("/echo.Echo/Collect")
count = channel.unary_stream("/echo.Echo/Count")
chat = channel.stream_stream("/echo.Echo/Chat")
EXTRAS = {"metadata": PAYMENT, "timeout": LIMIT_S}


def simple():
    answer, call = unary.with_call(b"hello", **EXTRAS)
    return {"answer": answer.decode(), "headers": readable(call.initial_metadata()), **told(call)}


def streams():
    collected = collect(iter([b"a", b"b", b"c"]), **EXTRAS)
    counted = count(b"3 2", **EXTRAS)
    lengths = [len(message) for message in counted]
    chatting = chat(iter([b"one", b"two"]), **EXTRAS)
    return {
        "collect": collected.decode(),
        "count": [lengths, told(counted)["code"]],
        "chat": [words(chatting), told(chatting)["code"]],
    }


def turns():
    """Each message is sent once the one before it was answered."""
    answered = []

    def messages():
        for turn in range(3):
            while len(answered) < turn:
                time.sleep(0.001)
            yield str(turn).encode()

    for message in chat(messages(), **EXTRAS):
        answered.append(message.decode())
    return answered


def metadata():
    own = [("x-text", "a b"), ("x-bytes-bin", bytes(range(256))), ("x-twice", "1"), ("x-twice", "2")]
    return told(unary.with_call(b"metadata", metadata=[*PAYMENT, *own], timeout=LIMIT_S)[1])


def deadline():
    begun = time.monotonic()
    try:
        unary(b"hang", metadata=PAYMENT, timeout=0.2)
    except grpc.RpcError as fault:
        return {**told(fault), "seconds": time.monotonic() - begun}
    return None


def cancel():
    is_over = threading.Event()

    def messages():
        yield b"first"
        is_over.wait(LIMIT_S)

    call = chat(messages(), **EXTRAS)
    first = next(call).decode()
    call.cancel()
    hanging = unary.future(b"hang", **EXTRAS)
    hanging.cancel()
    is_over.set()
    return {"first": first, "codes": [call.code().value[0], hanging.code().value[0]]}


def failure():
    try:
        unary(b"fail", **EXTRAS)
    except grpc.RpcError as fault:
        return told(fault)
    return None


def large():
    message = bytes(range(256)) * (MIB // 256)
    return {
        "unary": unary(message, **EXTRAS) == message,
        "chat": [answer == message for answer in chat(iter([message, message]), **EXTRAS)],
        "count": [len(answer) for answer in count(f"3 {MIB}".encode(), **EXTRAS)],
    }


def many():
    calls = [unary.future(str(number).encode(), **EXTRAS) for number in range(200)]
    return [call.result().decode() for call in calls]


def pings():
    """A call that is not answered, on a connection that is taken for dead where a PING is not."""
    with open_channel(
        ("grpc.keepalive_time_ms", 50),
        ("grpc.keepalive_timeout_ms", 5_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.http2.min_time_between_pings_ms", 50),
        ("grpc.http2.min_sent_ping_interval_without_data_ms", 50),
    ) as own:
        try:
            own.unary_unary("/echo.Echo/Unary")(b"hang", metadata=PAYMENT, timeout=0.6)
        except grpc.RpcError as fault:
            return told(fault)
    return None


KINDS = [simple, streams, turns, metadata, deadline, cancel, failure, large, many]
outcomes = {kind.__name__: kind() for kind in KINDS}
channel.close()
print(json.dumps({**outcomes, "pings": pings()}))

/**
 * A slow, lossy cable in user space, for kernels without netem: frames go between a node's port, which is off the bridge
 * then, and a TAP device on the bridge. Both sides speak of checksums and large segments in the same header, so frames
 * pass unchanged. The TAP device goes away with the process.
 *
 * Arguments: port, name for the TAP device, milliseconds to hold each frame, percent of frames to lose.
 * @see https://docs.kernel.org/networking/tuntap.html
 * @see https://man7.org/linux/man-pages/man7/packet.7.html
 */
export const frameForwarder = `
import collections, errno, fcntl, os, random, select, socket, struct, sys, time

port, tap_name = sys.argv[1], sys.argv[2]
hold, loss = float(sys.argv[3]) / 1000, float(sys.argv[4]) / 100
TUNSETIFF, TUNSETOFFLOAD = 0x400454CA, 0x400454D0
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x0002, 0x1000, 0x4000
TUN_F_CSUM, TUN_F_TSO4, TUN_F_TSO6 = 1, 2, 4
SOL_PACKET, PACKET_VNET_HDR, PACKET_IGNORE_OUTGOING, ETH_P_ALL = 263, 15, 23, 3
LONGEST_FRAME, MOST_BYTES_HELD = 70000, 64 << 20

tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", tap_name.encode(), IFF_TAP | IFF_NO_PI | IFF_VNET_HDR))
fcntl.ioctl(tap, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6)
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
wire.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
wire.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
wire.bind((port, ETH_P_ALL))
wire.setblocking(False)

held = collections.deque()
held_bytes = 0
ends = ((wire.fileno(), tap), (tap, wire.fileno()))

while True:
    wait = max(0, held[0][0] - time.monotonic()) if held else None
    readable = select.select([tap, wire], [], [], wait)[0]
    for source, target in ends:
        if not any(source == (end if isinstance(end, int) else end.fileno()) for end in readable):
            continue
        for _ in range(64):
            try:
                frame = os.read(source, LONGEST_FRAME)
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno in (errno.ENETDOWN, errno.EIO):
                    break
                raise
            if random.random() < loss or held_bytes + len(frame) > MOST_BYTES_HELD:
                continue
            held.append((time.monotonic() + hold, target, frame))
            held_bytes += len(frame)
    now = time.monotonic()
    while held and held[0][0] <= now:
        _, target, frame = held.popleft()
        held_bytes -= len(frame)
        try:
            os.write(target, frame)
        except OSError:
            pass  # what the other end cannot take is lost, as on a cable
`;

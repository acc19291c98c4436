"""Which IP addresses may be visited. Asked at every connect, so that no redirect or name server can go round it.

`ipaddress.is_global` is no help: it lets through NAT64 and 6to4 forms of 127.0.0.1, multicast and 192.0.0.8.
"""

import errno
import socket
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

REFUSAL = "private address"

# IANA special-purpose registries; 168.63.129.16 is a cloud's own metadata service
_NOT_PUBLIC_4 = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_UNICAST_6 = ip_network("2000::/3")
_NOT_PUBLIC_6 = tuple(ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_NAT64 = ip_network("64:ff9b::/96")
_LOW_32_BITS = 0xFFFFFFFF

visited: ContextVar[str] = ContextVar("visited", default="")  # the host that this task is visiting, as its URL says it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What an editor allows: single addresses apart, since they are found without looking through all."""

    addresses: frozenset[tuple[int, int]]  # (version, number)
    networks: tuple[IPv4Network | IPv6Network, ...]
    names: tuple[str, ...]


def is_public(address: str) -> bool:
    """Say whether a literal IP address belongs to the public internet."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        return _is_public_6(ip)
    return not any(ip in net for net in _NOT_PUBLIC_4)


def _is_public_6(ip: IPv6Address) -> bool:
    if ip.ipv4_mapped:
        return is_public(str(ip.ipv4_mapped))
    if ip in _NAT64:  # what a public IPv4 host looks like from a network that has only IPv6
        return is_public(str(IPv4Address(int(ip) & _LOW_32_BITS)))
    return ip in _UNICAST_6 and not any(ip in net for net in _NOT_PUBLIC_6)


def may_connect(host: str, address: str, private_hosts: Sequence[str]) -> bool:
    """Say whether a visit to a host may connect to an address.

    `private_hosts` are names ("feeds.internal", "*.newsroom.internal"), addresses and networks. A name allows whatever
    it resolves to; an address or a network only hosts written as addresses, since anybody's name can lead there.
    """
    return is_public(address) or _is_named(host.rstrip(".").lower(), _named(tuple(private_hosts)))


def _is_named(host: str, named: _Named) -> bool:
    if any(fnmatchcase(host, name) for name in named.names):
        return True
    try:
        ip = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    own = getattr(ip, "ipv4_mapped", None) or ip
    return (own.version, int(own)) in named.addresses or any(own in network for network in named.networks)


@lru_cache(maxsize=8)
def _named(private_hosts: tuple[str, ...]) -> _Named:
    """Read a list once: it is asked at every connect, and may be as long as the list of sources."""
    networks, names = [], []
    for allowed in private_hosts:
        try:
            networks.append(ip_network(allowed, strict=False))
        except ValueError:
            names.append(allowed)
    return _Named(
        addresses=frozenset((one.version, int(one.network_address)) for one in networks if one.num_addresses == 1),
        networks=tuple(one for one in networks if one.num_addresses > 1),
        names=tuple(names),
    )


def socket_factory(private_hosts: Sequence[str]) -> Callable[..., socket.socket]:
    """Return what makes sockets for aiohttp. It raises OSError for an address that may not be visited."""

    def make(address: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, place = address
        if not may_connect(visited.get(), str(place[0]), private_hosts):
            raise OSError(errno.EACCES, REFUSAL)
        return socket.socket(family, kind, protocol)

    return make

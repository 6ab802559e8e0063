"""The socket behind a port."""

import socket

from hardware_sim.front_end.connections import reserve_port


def test_a_port_names_its_protocol_without_which_every_answer_waits_for_an_acknowledgement() -> None:
    with reserve_port("127.0.0.1", 0) as reserved:
        assert reserved.proto == socket.IPPROTO_TCP

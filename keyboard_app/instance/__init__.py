"""One window for one user: a second start hands its files to the first. Local sockets only, nothing that leads out."""

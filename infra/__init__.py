"""What builds, deploys and runs Atrium: the package, the stack, the emulator on this machine."""

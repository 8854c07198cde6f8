"""All of Atrium on this machine: the package, deployed by its own template to an emulator of AWS on loopback."""

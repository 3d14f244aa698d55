"""The command: one file per command, shared options in `options`, exit codes in `main`."""

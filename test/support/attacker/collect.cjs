// Loaded into an attacked gate: SIGUSR2, which the program leaves alone, collects what is no longer used.
process.on('SIGUSR2', () => globalThis.gc())

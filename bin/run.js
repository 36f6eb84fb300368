#!/usr/bin/env node
// Before anything is loaded: node would open its debugger to every user of this host, or end.
process.on('SIGUSR1', function () {}).on('SIGUSR2', function () {})
require('./start.js').start('snetd')

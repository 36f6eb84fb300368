import { SnetError } from '../shared/errors.js'

/** For whoever starts the program before there is anything to start it with. */
export const nothingConfigured = (program: string): SnetError =>
  new SnetError('invalid-config', 'nothing is configured: no config file here, no SNET_ variable, no flag', {
    hint: `"${program} init" writes a first config file; "${program} --help" shows all commands.`,
  })

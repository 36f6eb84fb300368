import { SnetError } from '../shared/errors.js'

/** What users see who start the program before they have configured anything. */
export const nothingConfigured = (program: string): SnetError =>
  new SnetError('invalid-config', 'nothing is configured: no config file here, no SNET_ variable, no flag', {
    hint: `"${program} init" writes a first config file; "${program} --help" shows all commands.`,
  })

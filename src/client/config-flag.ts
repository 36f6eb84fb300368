import { Flags } from '@oclif/core'

/** The file that commands about settings read or write. */
export const DEFAULT_CONFIG_FILE = 'snetd.config.json'

export const configFlag = Flags.string({
  char: 'c',
  summary: `Config file; ${DEFAULT_CONFIG_FILE} (or YAML, TOML) in the current directory by default.`,
  helpValue: 'FILE',
})

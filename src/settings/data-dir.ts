import { dirname, resolve } from 'node:path'

/** The default, beside the config file. */
const DEFAULT_DATA_DIR = 'snetd-data'

/** Where the daemon keeps its data: what a file says counts from that file, anything else from `cwd`. */
export function dataDirOf(
  dataDir: string | undefined,
  { file, isElsewhere = false, cwd }: { file: string | undefined; isElsewhere?: boolean; cwd: string },
): string {
  return resolve(file === undefined || isElsewhere ? cwd : dirname(file), dataDir ?? DEFAULT_DATA_DIR)
}

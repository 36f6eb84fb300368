import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Names within a data directory. */
export const SOCKET_FILE = 'snetd.sock'
export const PID_FILE = 'snetd.pid'
/** Says where the socket is when it is not in the directory. */
export const SOCKET_PATH_FILE = 'snetd.sock.path'

/** Where the daemon of this data directory answers, should it be up. */
export async function controlSocketOf(dataDir: string): Promise<string> {
  const told = await readFile(join(dataDir, SOCKET_PATH_FILE), 'utf8').catch(() => '')
  return told.trim() || join(dataDir, SOCKET_FILE)
}

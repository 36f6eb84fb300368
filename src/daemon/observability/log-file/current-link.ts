import { lstat, rename, rm, symlink } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { makeDirectory } from '../../../shared/make-directory.js'

/** Lets a link name the newest file; whoever follows it meanwhile finds the one before. Error: why it cannot. */
export async function pointTo(link: string, target: string, mode: number): Promise<void> {
  if (link === target) return
  const known = await lstat(link).catch(() => undefined)
  if (known && !known.isSymbolicLink()) throw new Error(`${link} is there, and is no link`)
  await makeDirectory(dirname(link), mode)
  const next = `${link}.${process.pid}.next`
  await rm(next, { force: true })
  await symlink(relative(dirname(link), target), next)
  await rename(next, link)
}

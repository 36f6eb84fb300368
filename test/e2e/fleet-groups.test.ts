import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openControlFleet } from '../support/control-fleet.js'
import { groupHost } from '../support/group-host.js'
import { runCli } from '../support/cli.js'
import { infraShell } from '../support/infra-shell.js'
import { tempDir } from '../support/temp-dir.js'

test(
  'group create of several hosts: the invite alone in the file, which another host joins by; a second group is 5',
  { timeout: 60_000 },
  async () => {
    await using temp = await tempDir()
    await using opened = await openControlFleet(...[1, 2, 3, 4].map((mark) => groupHost({ mark })))
    const [one = '', two = '', three = '', other = ''] = opened.hosts.map(({ address }) => address)
    const file = join(temp.path, 'f')
    const { code, stdout, stderr } = await infraShell(
      `infra group create chat --host ${one} --host ${two} > ${file} && infra group join chat --invite @${file} --host ${three} --json`,
    )
    const invite = (await readFile(file, 'utf8')).trimEnd()
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${one}: made chat\n${two}: joined chat\n` })
    expect(invite).toMatch(/^[\w-]{44}$/)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'chat', active: true })

    const shown = await runCli(['group', 'invite', 'chat', '--host', one, '--host', three], { name: 'infra' })
    expect(shown).toEqual({
      code: 0,
      stdout: `${invite}\n`,
      stderr: `${one}: invite to chat\n${three}: invite to chat\n`,
    })

    await runCli(['group', 'create', 'chat', '--host', other], { name: 'infra' })
    const hosts = [one, two, three, other].flatMap((address) => ['--host', address])
    const again = await runCli(['group', 'create', 'chat', '--json', ...hosts], { name: 'infra' })
    expect(again).toMatchObject({ code: 5, stderr: expect.stringContaining(other) })
    expect(JSON.parse(again.stdout)).toEqual({
      ...{ group: 'chat', invite, internal_url: null, web_url: 'https://berty.tech/id#group/chat' },
      peers: [
        ...[one, two, three].map((peer) => ({ peer, ok: true, there: true })),
        { peer: other, ok: false, error: expect.objectContaining({ kind: 'already-exists' }) },
      ],
    })
  },
)

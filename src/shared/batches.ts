/** The lines in groups of so many characters, a longer line alone; an empty list makes one empty group. */
export async function* batches(lines: AsyncIterable<string>, characters: number): AsyncGenerator<string[]> {
  let batch: string[] = []
  let length = 0
  let given = 0
  for await (const line of lines) {
    if (batch.length > 0 && length + line.length > characters) {
      yield batch
      given += 1
      batch = []
      length = 0
    }
    batch.push(line)
    length += line.length
  }
  if (batch.length > 0 || given === 0) yield batch
}

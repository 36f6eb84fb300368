import type { KeptStore } from '../../shared/wire/index.js'
import { EXIT_CODES } from '../exit-codes.js'
import type { ExportHead } from './export-text.js'
import type { StorePlace } from './place.js'
import { Passing } from './progress.js'
import { renderImport } from './render.js'
import { StorageCommand } from './storage-command.js'
import { importView, type ImportView } from './views.js'

/** What "import" and "copy" share: a rehearsal, then the same in earnest. */
export abstract class MergingCommand extends StorageCommand {
  /** Nothing is changed where the rehearsal fails: an export that is cut or another identity's does nothing. */
  protected async mergeInto(
    place: StorePlace,
    { lines, head, dryRun }: { lines: () => AsyncIterable<string>; head: ExportHead; dryRun: boolean },
  ): Promise<ImportView> {
    const merge = async (isRehearsal: boolean): Promise<ImportView> => {
      const passing = new Passing((text) => this.logToStderr(`${isRehearsal ? 'checked' : 'merged'}: ${text}`))
      const how = { dryRun: isRehearsal }
      const work = (store: KeptStore) => store.importLines(passing.lines(lines()), how)
      return importView(await this.atStore(place, work, { ...head, ...how }), how)
    }
    const rehearsed = await merge(true)
    return dryRun ? rehearsed : await merge(false)
  }

  /** Shows what came of it; the exit code says whether records were left out. */
  protected tell(view: ImportView): ImportView {
    this.log(renderImport(view))
    if (view.faults_in_all > view.busy) process.exitCode = EXIT_CODES['check-failed']
    else if (view.busy > 0) process.exitCode = EXIT_CODES['channel-busy']
    return view
  }
}

export { installUnit, type InstalledUnit, planUnit, unitPathOf } from './install-unit.js'
export { readServiceSettings } from './service-settings.js'
export { readUnitState, type UnitState } from './systemctl.js'
export { readUnit, uninstallUnit, type UninstalledUnit } from './uninstall-unit.js'

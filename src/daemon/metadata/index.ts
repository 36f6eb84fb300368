export { type MetadataConfig, openMetadata, type ServiceContext } from './metadata.js'

import { PipelineSettings } from '../pipelines/index.tsx';

/** How pipelines are run on this computer. */
export const PipelinesGroup = () => <PipelineSettings />;

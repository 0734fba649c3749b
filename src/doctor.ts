import { jupyterLab, kernels } from './doctor/jupyter';
import { DoctorReport } from './doctor/report';
import { backend, canvas, convlens, machine, tfjsNode, tslab } from './doctor/software';
import { cache, defaultModel, photographs } from './doctor/storage';

export { DoctorReport, type Finding, type Health } from './doctor/report';

/**
 * A report on what convlens finds on this machine: versions, the backend in use and why not a faster one, canvas,
 * tslab, Jupyter and its kernels, the cache, the default model and the photographs. Prints as text; `report.ok`
 * is false when something that a notebook needs is missing. `npx convlens doctor` prints the same.
 * @example await cl.doctor()
 */
export async function doctor(): Promise<DoctorReport> {
  const checks = [convlens, machine, backend, tfjsNode, canvas, tslab, jupyterLab, kernels, cache, defaultModel, photographs];
  return new DoctorReport(await Promise.all(checks.map((check) => check())));
}

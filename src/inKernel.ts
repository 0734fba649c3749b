/** Whether this process is a tslab kernel, stock or ours: cells run in it. */
export const inKernel = (): boolean => '__tslab__' in globalThis;

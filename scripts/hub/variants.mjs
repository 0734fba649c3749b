/** Settings that are held against each other; the first is that of deploy/jupyterhub_config.py. */
export const variants = [
  { name: 'class', says: 'as `deploy/jupyterhub_config.py` sets it: two threads for each learner', environment: {} },
  { name: 'one', says: 'one thread for each learner (`CONVLENS_HUB_THREADS=1`)', environment: threads('1') },
  { name: 'many', says: '32 threads for each learner, what TensorFlow takes by itself on a machine with 32 processors', environment: { ...threads('32'), TF_NUM_INTEROP_THREADS: '32' } },
  { name: 'young', says: 'a smaller space for new objects in the kernel (`NODE_OPTIONS=--max-semi-space-size=2`)', environment: { NODE_OPTIONS: '--max-semi-space-size=2' } },
  { name: 'wasm', says: 'wasm in place of native TensorFlow (`CONVLENS_BACKEND=wasm`)', environment: { CONVLENS_BACKEND: 'wasm' } },
  { name: 'tiny', says: 'the small network (`CONVLENS_MODEL=vgg-tiny`)', environment: { CONVLENS_MODEL: 'vgg-tiny' } },
  { name: 'vgg16', says: 'VGG16, with random weights (`CONVLENS_MODEL=vgg16 CONVLENS_WEIGHTS=random`)', environment: { CONVLENS_MODEL: 'vgg16', CONVLENS_WEIGHTS: 'random' }, learners: 2 },
];

function threads(count) {
  return { TF_NUM_INTRAOP_THREADS: count, OMP_NUM_THREADS: count };
}

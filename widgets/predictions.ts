export { predictions as predictionsFigure } from './predictions/predictions';

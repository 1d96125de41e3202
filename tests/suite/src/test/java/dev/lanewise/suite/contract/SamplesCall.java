package dev.lanewise.suite.contract;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.Workers;

/** An operation that takes channels first. */
enum SamplesCall {
  COMPUTE("BatchStatistics.compute") {
    @Override
    void run(SamplesOperands o, BatchStatistics s) {
      s.compute(o.x);
    }

    @Override
    void run(SamplesOperands o, BatchStatistics s, Workers w) {
      s.compute(o.x, w);
    }
  },
  FORWARD("BatchNorm.forward") {
    @Override
    void run(SamplesOperands o, BatchStatistics s) {
      o.norm().forward(o.x, s, o.out);
    }

    @Override
    void run(SamplesOperands o, BatchStatistics s, Workers w) {
      o.norm().relu().forward(o.x, s, o.out, w);
    }
  },
  INFERENCE("BatchNorm.inference") {
    @Override
    void run(SamplesOperands o, BatchStatistics s) {
      o.norm().inference(o.x, o.mean, o.variance, o.out);
    }

    @Override
    void run(SamplesOperands o, BatchStatistics s, Workers w) {
      o.norm().relu().inference(o.x, o.mean, o.variance, o.out, w);
    }
  },
  BACKWARD("BatchNorm.backward") {
    @Override
    void run(SamplesOperands o, BatchStatistics s) {
      o.norm().backward(o.x, o.dy, s, o.out, o.dgamma, o.dbeta);
    }

    @Override
    void run(SamplesOperands o, BatchStatistics s, Workers w) {
      o.norm().relu().backward(o.x, o.dy, s, o.out, o.dgamma, o.dbeta, w);
    }
  },
  INFERENCE_BACKWARD("BatchNorm.inferenceBackward") {
    @Override
    void run(SamplesOperands o, BatchStatistics s) {
      o.norm().inferenceBackward(o.x, o.dy, o.mean, o.variance, o.out, o.dgamma, o.dbeta);
    }

    @Override
    void run(SamplesOperands o, BatchStatistics s, Workers w) {
      o.norm().relu().inferenceBackward(o.x, o.dy, o.mean, o.variance, o.out, o.dgamma, o.dbeta, w);
    }
  };

  final String title;

  SamplesCall(String title) {
    this.title = title;
  }

  abstract void run(SamplesOperands o, BatchStatistics s);

  abstract void run(SamplesOperands o, BatchStatistics s, Workers w);

  boolean isBackward() {
    return this == BACKWARD || this == INFERENCE_BACKWARD;
  }

  boolean writes() {
    return this != COMPUTE;
  }

  String output() {
    return isBackward() ? "dX" : "Y";
  }

  boolean readsStatistics() {
    return this == INFERENCE || this == INFERENCE_BACKWARD;
  }
}

package dev.lanewise.learn.data;

import java.nio.ByteBuffer;

/** How a number lies in a binary file. */
enum NumberType {
  BOOLEAN("booleans", 1) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  },
  UNSIGNED_8("unsigned bytes", 1) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  SIGNED_8("signed bytes", 1) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  UNSIGNED_16("unsigned 16-bit integers", 2) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  SIGNED_16("16-bit integers", 2) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  UNSIGNED_32("unsigned 32-bit integers", 4) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  SIGNED_32("32-bit integers", 4) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  SIGNED_64("64-bit integers", 8) {
    @Override
    long nextInteger(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  FLOAT_32("floats", 4) {
    @Override
    float nextFloat(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  FLOAT_64("doubles", 8) {
    @Override
    float nextFloat(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  };

  /** What an array of them has, for messages. */
  final String plural;

  /** Bytes of each. */
  final int size;

  NumberType(String plural, int size) {
    this.plural = plural;
    this.size = size;
  }

  boolean isIntegral() {
    return this != FLOAT_32 && this != FLOAT_64;
  }

  /** The next number, rounded to float once. */
  float nextFloat(ByteBuffer bytes) {
    return (float) nextInteger(bytes);
  }

  /** The next number of an integral type. */
  long nextInteger(ByteBuffer bytes) {
    throw new AssertionError(plural + " at " + bytes.position() + " are no integers");
  }
}

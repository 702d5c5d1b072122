package dev.convoy.spark.job;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/**
 * A value on its way between driver and executors, which Java's serialization writes whatever
 * serializer the application has set: Kryo can't write records.
 */
public final class Parcel<T> implements KryoSerializable, Serializable {
  private static final long serialVersionUID = 1;

  private T value;

  /** Makes one with this value, which is serializable. */
  public Parcel(T value) {
    this.value = value;
  }

  /** Returns the value. */
  public T value() {
    return value;
  }

  @Override
  public void write(Kryo kryo, Output output) {
    try {
      ObjectOutputStream objects = new ObjectOutputStream(output);
      objects.writeObject(value);
      objects.flush();
    } catch (IOException e) {
      throw new KryoException("A parcel can't be written", e);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public void read(Kryo kryo, Input input) {
    try {
      value = (T) new Objects(input, kryo.getClassLoader()).readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new KryoException("A parcel can't be read", e);
    }
  }

  /** Finds classes where Spark's own serializers do: an application's jars are not Java's. */
  private static final class Objects extends ObjectInputStream {
    private final ClassLoader loader;

    Objects(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described); // a primitive type
      }
    }
  }
}

/**
 * Record layouts as data: fields packed in order, naturally aligned. The only place that computes an offset.
 */
export type FieldType = "u8" | "u16" | "i32" | "u32" | "i64" | "f64" | "ptr";
const SIZE: Record<FieldType, number> = { u8: 1, u16: 2, i32: 4, u32: 4, i64: 8, f64: 8, ptr: 4 };

export interface Layout<F extends Record<string, FieldType>> {
  readonly fields: F;
  /** Byte offset of each field. */
  readonly at: { readonly [K in keyof F]: number };
  /** Bytes, rounded up to the largest alignment. */
  readonly size: number;
}

export function layout<const F extends Record<string, FieldType>>(fields: F): Layout<F> {
  const at: Record<string, number> = {};
  let offset = 0;
  let align = 1;
  for (const [name, type] of Object.entries(fields)) {
    const size = SIZE[type];
    offset = Math.ceil(offset / size) * size;
    at[name] = offset;
    offset += size;
    align = Math.max(align, size);
  }
  return { fields, at: at as Layout<F>["at"], size: Math.ceil(offset / align) * align };
}

(module
 (type $0 (func (param i32 i32)))
 (type $1 (func (param i32 i32 i32) (result i32 i32)))
 (import "env" "memory" (memory $memory 0))
 (import "rt" "fail" (func $fail (param i32 i32)))
 (export "main" (func $f0.0))
 (func $f0.0 (param $p0 i32) (param $p1 i32) (param $depth i32) (result i32 i32)
  (local $exit i32)
  (local $test-i64 i64)
  (block $leave2
   (block $leave1
    (block $leave0
     (if
      (i32.le_u
       (i32.add
        (local.get $p1)
        (i32.const 1)
       )
       (i32.const 1)
      )
      (then
       (local.set $exit
        (i32.const 0)
       )
       (br_if $leave0
        (i32.eqz
         (local.get $p1)
        )
       )
       (local.set $exit
        (i32.const 1)
       )
       (br_if $leave1
        (i32.eq
         (local.get $p0)
         (i32.const -2147483648)
        )
       )
      )
     )
     (local.set $test-i64
      (i64.mul
       (i64.extend_i32_s
        (i32.div_s
         (local.get $p0)
         (local.get $p1)
        )
       )
       (i64.extend_i32_s
        (local.get $p1)
       )
      )
     )
     (local.set $exit
      (i32.const 2)
     )
     (br_if $leave1
      (i64.ne
       (i64.extend32_s
        (local.get $test-i64)
       )
       (local.get $test-i64)
      )
     )
     (local.set $p1
      (i32.wrap_i64
       (local.get $test-i64)
      )
     )
     (local.set $exit
      (i32.const 3)
     )
     (br_if $leave2
      (i32.eqz
       (local.get $p0)
      )
     )
     (return
      (tuple.make 2
       (i32.rem_s
        (local.get $p1)
        (local.get $p0)
       )
       (i32.const 0)
      )
     )
    )
    (call $fail
     (i32.const 1)
     (local.get $exit)
    )
    (return
     (tuple.make 2
      (i32.const 0)
      (i32.const 1)
     )
    )
   )
   (call $fail
    (i32.const 4)
    (local.get $exit)
   )
   (return
    (tuple.make 2
     (i32.const 0)
     (i32.const 1)
    )
   )
  )
  (call $fail
   (i32.const 6)
   (local.get $exit)
  )
  (return
   (tuple.make 2
    (i32.const 0)
    (i32.const 1)
   )
  )
 )
)

(module
 (type $0 (func (param i32 i32) (result i32)))
 (type $1 (func (param i32 i32 i32 i32 i32) (result i32)))
 (type $2 (func (param f64 i32 i32 i32) (result f64 i32)))
 (import "env" "memory" (memory $memory 0))
 (import "rt" "pollNative" (func $pollNative (param i32 i32) (result i32)))
 (import "rt" "resume" (func $resume (param i32 i32 i32 i32 i32) (result i32)))
 (export "body" (func $body))
 (export "entry" (func $entry))
 (func $body (param $p0 f64) (param $p1 i32) (param $base i32) (param $depth i32) (result f64 i32)
  (local $x4 i32)
  (local $budget i32)
  (local $exit i32)
  (local $status i32)
  (block $leave1
   (block $leave0
    (br_if $leave0
     (i32.ge_s
      (local.get $depth)
      (i32.load offset=1032
       (i32.const 0)
      )
     )
    )
    (local.set $budget
     (i32.load offset=1024
      (i32.const 0)
     )
    )
    (if
     (i32.le_s
      (local.get $budget)
      (i32.const 0)
     )
     (then
      (br_if $leave0
       (call $pollNative
        (i32.const 200400)
        (i32.const 0)
       )
      )
      (local.set $budget
       (i32.load offset=1024
        (i32.const 0)
       )
      )
     )
    )
    (local.set $budget
     (i32.sub
      (local.get $budget)
      (i32.const 1)
     )
    )
    (local.set $exit
     (i32.const 200416)
    )
    (br_if $leave1
     (f64.eq
      (local.get $p0)
      (f64.const 0)
     )
    )
    (local.set $x4
     (i32.load offset=150000
      (i32.const 0)
     )
    )
    (i32.store offset=150000
     (i32.const 0)
     (local.get $p1)
    )
    (i32.store offset=1024
     (i32.const 0)
     (local.get $budget)
    )
    (return
     (tuple.make 2
      (f64.add
       (f64.div
        (f64.mul
         (f64.mul
          (local.get $p0)
          (local.get $p0)
         )
         (f64.const 0.5)
        )
        (local.get $p0)
       )
       (f64.convert_i32_s
        (i32.shl
         (local.get $x4)
         (local.get $p1)
        )
       )
      )
      (i32.const 0)
     )
    )
   )
   (f64.store
    (local.get $base)
    (local.get $p0)
   )
   (i32.store offset=8
    (local.get $base)
    (local.get $p1)
   )
   (return
    (tuple.make 2
     (f64.const 0)
     (i32.const 3)
    )
   )
  )
  (f64.store
   (local.get $base)
   (local.get $p0)
  )
  (i32.store offset=8
   (local.get $base)
   (local.get $p1)
  )
  (i32.store offset=1024
   (i32.const 0)
   (local.get $budget)
  )
  (i32.store
   (i32.sub
    (local.get $base)
    (i32.const 16)
   )
   (i32.const 100060)
  )
  (local.set $status
   (call $resume
    (i32.const 100060)
    (local.get $base)
    (local.get $exit)
    (local.get $base)
    (local.get $depth)
   )
  )
  (return
   (tuple.make 2
    (f64.load
     (local.get $base)
    )
    (local.get $status)
   )
  )
 )
 (func $entry (param $0 i32) (param $1 i32) (result i32)
  (local $2 i32)
  (local $3 (tuple f64 i32))
  (local.set $3
   (call $body
    (f64.load
     (local.get $0)
    )
    (i32.load offset=8
     (local.get $0)
    )
    (local.get $0)
    (local.get $1)
   )
  )
  (local.set $2
   (tuple.extract 2 1
    (local.get $3)
   )
  )
  (if
   (i32.eq
    (local.get $2)
    (i32.const 0)
   )
   (then
    (f64.store
     (local.get $0)
     (tuple.extract 2 0
      (local.get $3)
     )
    )
   )
  )
  (local.get $2)
 )
)

(module
 (type $0 (func (param i32 i64 i32 i32) (result i64 i32)))
 (type $1 (func (param i32 i32) (result i32)))
 (type $2 (func (param i32 i32 i32 i32 i32) (result i32)))
 (type $3 (func (param i32)))
 (type $4 (func (param i32 i32 i32) (result i32)))
 (type $5 (func (result i64 i32)))
 (import "env" "memory" (memory $memory 0))
 (import "env" "table" (table $bodies 0 funcref))
 (import "rt" "pollNative" (func $pollNative (param i32 i32) (result i32)))
 (import "rt" "resume" (func $resume (param i32 i32 i32 i32 i32) (result i32)))
 (import "rt" "traceCall" (func $traceCall (param i32)))
 (import "rt" "interpret" (func $interpret (param i32 i32 i32) (result i32)))
 (export "body" (func $body))
 (export "entry" (func $entry))
 (export "stub:2" (func $stub:2))
 (func $body (param $p0 i32) (param $p1 i64) (param $base i32) (param $depth i32) (result i64 i32)
  (local $x4 i64)
  (local $budget i32)
  (local $exit i32)
  (local $pair-i64 (tuple i64 i32))
  (local $status i32)
  (local $test-i64 i64)
  (local $callee i32)
  (block $leave3
   (block $leave2
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
       (i32.const 200420)
      )
      (br_if $leave1
       (i32.gt_s
        (local.get $p0)
        (i32.const 2147483646)
       )
      )
      (i32.store offset=1024
       (i32.const 0)
       (local.get $budget)
      )
      (local.set $pair-i64
       (call_indirect $bodies (type $0)
        (i32.add
         (local.get $p0)
         (i32.const 1)
        )
        (local.get $p1)
        (i32.add
         (local.get $base)
         (i32.const 96)
        )
        (i32.add
         (local.get $depth)
         (i32.const 1)
        )
        (i32.const 3)
       )
      )
      (local.set $exit
       (i32.const 200480)
      )
      (br_if $leave2
       (local.tee $status
        (tuple.extract 2 1
         (local.get $pair-i64)
        )
       )
      )
      (local.set $x4
       (tuple.extract 2 0
        (local.get $pair-i64)
       )
      )
      (local.set $test-i64
       (i64.add
        (local.get $x4)
        (local.get $p1)
       )
      )
      (local.set $exit
       (i32.const 200492)
      )
      (br_if $leave3
       (i64.lt_s
        (i64.and
         (i64.xor
          (local.get $x4)
          (local.get $test-i64)
         )
         (i64.xor
          (local.get $p1)
          (local.get $test-i64)
         )
        )
        (i64.const 0)
       )
      )
      (local.set $p1
       (local.get $test-i64)
      )
      (return
       (tuple.make 2
        (local.get $p1)
        (i32.const 0)
       )
      )
     )
     (i32.store
      (local.get $base)
      (local.get $p0)
     )
     (i64.store offset=8
      (local.get $base)
      (local.get $p1)
     )
     (return
      (tuple.make 2
       (i64.const 0)
       (i32.const 3)
      )
     )
    )
    (i32.store
     (local.get $base)
     (local.get $p0)
    )
    (i64.store offset=8
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
      (i64.load
       (local.get $base)
      )
      (local.get $status)
     )
    )
   )
   (i64.store offset=8
    (local.get $base)
    (local.get $p1)
   )
   (if
    (i32.eq
     (local.get $status)
     (i32.const 1)
    )
    (then
     (call $traceCall
      (local.get $exit)
     )
     (return
      (tuple.make 2
       (i64.const 0)
       (i32.const 1)
      )
     )
    )
   )
   (i32.store
    (i32.sub
     (local.get $base)
     (i32.const 16)
    )
    (i32.const 100060)
   )
   (if
    (i32.eq
     (local.get $status)
     (i32.const 2)
    )
    (then
     (local.set $callee
      (i32.sub
       (i32.add
        (local.get $base)
        (i32.shl
         (i32.load16_u offset=2
          (local.get $exit)
         )
         (i32.const 3)
        )
       )
       (i32.const 16)
      )
     )
     (i32.store offset=4
      (local.get $callee)
      (i32.add
       (local.get $exit)
       (i32.const 8)
      )
     )
     (i32.store offset=8
      (local.get $callee)
      (local.get $base)
     )
     (i32.store offset=12
      (local.get $callee)
      (i32.const 0)
     )
    )
    (else
     (i32.store offset=1064
      (i32.const 0)
      (local.get $base)
     )
     (i32.store offset=1068
      (i32.const 0)
      (local.get $exit)
     )
     (i32.store offset=1072
      (i32.const 0)
      (local.get $depth)
     )
    )
   )
   (return
    (tuple.make 2
     (i64.const 0)
     (i32.const 2)
    )
   )
  )
  (i64.store offset=8
   (local.get $base)
   (local.get $p1)
  )
  (i64.store offset=32
   (local.get $base)
   (local.get $x4)
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
    (i64.load
     (local.get $base)
    )
    (local.get $status)
   )
  )
 )
 (func $entry (param $0 i32) (param $1 i32) (result i32)
  (local $2 i32)
  (local $3 (tuple i64 i32))
  (local.set $3
   (call $body
    (i32.load
     (local.get $0)
    )
    (i64.load offset=8
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
    (i64.store
     (local.get $0)
     (tuple.extract 2 0
      (local.get $3)
     )
    )
   )
  )
  (local.get $2)
 )
 (func $stub:2 (param $0 i32) (param $1 i64) (param $2 i32) (param $3 i32) (result i64 i32)
  (local $4 i32)
  (i32.store
   (local.get $2)
   (local.get $0)
  )
  (i64.store offset=8
   (local.get $2)
   (local.get $1)
  )
  (local.set $4
   (call $interpret
    (i32.const 100120)
    (local.get $2)
    (local.get $3)
   )
  )
  (tuple.make 2
   (i64.load
    (local.get $2)
   )
   (local.get $4)
  )
 )
)

(module
 (type $0 (func (param i32 i32) (result i32)))
 (import "env" "memory" (memory $memory 0))
 (import "rt" "pollNative" (func $pollNative (param i32 i32) (result i32)))
 (export "entry" (func $entry))
 (func $entry (param $base i32) (param $depth i32) (result i32)
  (local $x2 f64)
  (local $x3 f64)
  (local $budget i32)
  (local $move-f64-0 f64)
  (local $status i32)
  (local $exit i32)
  (block $leave1
   (block $leave0
    (local.set $budget
     (i32.load offset=1024
      (i32.const 0)
     )
    )
    (local.set $x2
     (f64.load
      (local.get $base)
     )
    )
    (local.set $x3
     (f64.load offset=8
      (local.get $base)
     )
    )
    (block $b2
     (loop $ask1
      (block $slow1
       (loop $loop1
        (br_if $slow1
         (i32.le_s
          (local.get $budget)
          (i32.const 0)
         )
        )
        (local.set $budget
         (i32.sub
          (local.get $budget)
          (i32.const 1)
         )
        )
        (br_if $b2
         (f64.lt
          (local.get $x2)
          (local.get $x3)
         )
        )
        (local.set $move-f64-0
         (local.get $x3)
        )
        (local.set $x3
         (local.get $x2)
        )
        (local.set $x2
         (local.get $move-f64-0)
        )
        (br $loop1)
       )
      )
      (i32.store offset=1024
       (i32.const 0)
       (local.get $budget)
      )
      (local.set $status
       (call $pollNative
        (i32.const 200440)
        (i32.const 1)
       )
      )
      (local.set $budget
       (i32.load offset=1024
        (i32.const 0)
       )
      )
      (local.set $exit
       (i32.const 200440)
      )
      (br_if $leave0
       (local.get $status)
      )
      (br $ask1)
     )
    )
    (local.set $exit
     (i32.const 200476)
    )
    (br $leave1)
   )
   (f64.store
    (local.get $base)
    (local.get $x2)
   )
   (f64.store offset=8
    (local.get $base)
    (local.get $x3)
   )
   (i32.store offset=1024
    (i32.const 0)
    (local.get $budget)
   )
   (if
    (i32.eq
     (local.get $status)
     (i32.const 1)
    )
    (then
     (return
      (i32.const 1)
     )
    )
   )
   (if
    (i32.eq
     (local.get $status)
     (i32.const 3)
    )
    (then
     (return
      (local.get $exit)
     )
    )
   )
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
   (return
    (i32.const 2)
   )
  )
  (f64.store
   (local.get $base)
   (local.get $x2)
  )
  (f64.store offset=8
   (local.get $base)
   (local.get $x3)
  )
  (i32.store offset=1024
   (i32.const 0)
   (local.get $budget)
  )
  (return
   (local.get $exit)
  )
 )
)

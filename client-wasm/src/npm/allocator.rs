//! Memory for a page: free lists by power of two over a heap that only grows.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    ptr::null_mut,
};

struct Heap(UnsafeCell<State>);

struct State {
    /// First free block of 2^n bytes.
    free: [*mut u8; 32],
    next: usize,
    end: usize,
}

// A page has one thread.
unsafe impl Sync for Heap {}

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(State { free: [null_mut(); 32], next: 0, end: 0 }));

const PAGE: usize = 65_536;

fn class(layout: Layout) -> u32 {
    layout.size().max(layout.align()).max(16).next_power_of_two().trailing_zeros() & 31
}

unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout);
        unsafe {
            let state = &mut *self.0.get();
            let slot = state.free.as_mut_ptr().add(class as usize);
            let block = *slot;
            if !block.is_null() {
                *slot = *block.cast::<*mut u8>();
                return block;
            }
            let size = 1_usize << class;
            let from = (state.next + size - 1) & !(size - 1);
            if from + size > state.end {
                let old = core::arch::wasm32::memory_grow(0, (size + PAGE).div_ceil(PAGE));
                if old == usize::MAX {
                    return null_mut();
                }
                state.end = core::arch::wasm32::memory_size(0) * PAGE;
                if state.next == 0 {
                    state.next = old * PAGE;
                }
                return self.alloc(layout);
            }
            state.next = from + size;
            from as *mut u8
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe {
            let slot = (*self.0.get()).free.as_mut_ptr().add(class(layout) as usize);
            *block.cast::<*mut u8>() = *slot;
            *slot = block;
        }
    }
}

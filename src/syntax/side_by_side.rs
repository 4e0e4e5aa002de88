//! Reading the parts of a long text side by side, on as many threads as the machine has.
//!
//! What each part gives is put together in the order of the text: nobody can tell how many there were.

use std::num::NonZero;
use std::thread::{Builder, available_parallelism, scope};

use super::scan::Chunk;

/// Texts of fewer bytes are read sooner than threads have begun.
const LEAST_BYTES: usize = 1 << 18;

/// No machine reads faster with more.
const MOST_THREADS: usize = 16;

/// What a main thread has, too.
const STACK_BYTES: usize = 8 << 20;

/// What is read of each part of a text, in order; nothing where the text is short, some part gives nothing, or no
/// thread can be had.
pub(super) fn side_by_side<T: Send>(
    chunks: &[Chunk],
    read: impl Fn(&[Chunk]) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let bytes = chunks.last()?.range.end - chunks.first()?.range.start;
    // How many threads there may be is asked of the system, file by file, and most texts are short.
    if bytes < LEAST_BYTES {
        return None;
    }
    let threads = available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    if threads < 2 {
        return None;
    }
    apart(parts(chunks, bytes.div_ceil(threads)), read)
}

/// Parts of about so many bytes each.
fn parts(mut chunks: &[Chunk], bytes: usize) -> Vec<&[Chunk]> {
    let mut parts = Vec::new();
    while let Some(first) = chunks.first() {
        let end = first.range.start + bytes;
        let (part, rest) = chunks.split_at(chunks.partition_point(|chunk| chunk.range.end <= end).max(1));
        parts.push(part);
        chunks = rest;
    }
    parts
}

fn apart<T: Send>(parts: Vec<&[Chunk]>, read: impl Fn(&[Chunk]) -> Option<T> + Sync) -> Option<Vec<T>> {
    let read = &read;
    scope(|scope| {
        let begun =
            |part| Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, move || read(part)).ok();
        let threads: Vec<_> = parts.into_iter().map(begun).collect();
        // All are waited for; one that panicked has read nothing.
        let read: Vec<Option<T>> = threads.into_iter().map(|thread| thread?.join().ok().flatten()).collect();
        read.into_iter().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(lengths: &[usize]) -> Vec<Chunk> {
        let mut start = 0;
        let chunk = |length: &usize| {
            let range = start..start + length;
            start = range.end;
            Chunk { range, refused: None }
        };
        lengths.iter().map(chunk).collect()
    }

    #[test]
    fn parts_follow_one_another() {
        let all = chunks(&[5, 5, 5, 30, 1, 1, 1]);
        for bytes in 1..60 {
            let parts = parts(&all, bytes);
            assert!(parts.iter().all(|part| !part.is_empty()));
            let ranges = parts.iter().flat_map(|part| part.iter().map(|chunk| &chunk.range));
            assert!(ranges.eq(all.iter().map(|chunk| &chunk.range)));
        }
    }

    #[test]
    fn what_is_read_stands_in_order_or_not_at_all() {
        let all = chunks(&[2, 3, 5, 7, 11]);
        let lengths = |part: &[Chunk]| Some(part.iter().map(|chunk| chunk.range.len()).sum::<usize>());
        let read = apart(all.chunks(1).collect(), lengths);
        assert_eq!(read, Some(vec![2, 3, 5, 7, 11]));
        let some = |part: &[Chunk]| lengths(part).filter(|length| *length != 7);
        assert_eq!(apart(all.chunks(2).collect(), some), Some(vec![5, 12, 11]));
        assert_eq!(apart(all.chunks(1).collect(), some), None);
    }
}

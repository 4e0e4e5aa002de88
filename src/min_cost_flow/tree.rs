//! A spanning tree whose branches are cut off and hung up elsewhere.

/// No vertex.
const NONE: u32 = u32::MAX;

/// How a vertex hangs: by which arc, and whether that leads up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    pub arc: u32,
    pub up: bool,
}

/// A rooted tree over all vertices.
///
/// Invariant: `depth` is the number of arcs to the root, which is its own parent.
#[derive(Clone, Debug)]
pub struct Tree {
    parent: Vec<u32>,
    branch: Vec<Branch>,
    depth: Vec<u32>,
    first_child: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    stack: Vec<u32>,
}

impl Tree {
    /// A star: every vertex hangs from a root beyond them, by these branches.
    pub fn star(branches: &[Branch]) -> Self {
        let root = u32::try_from(branches.len()).unwrap_or(NONE);
        let count = branches.len() + 1;
        let mut tree = Self {
            parent: vec![root; count],
            branch: branches.iter().copied().chain([Branch { arc: NONE, up: false }]).collect(),
            depth: vec![1; count],
            first_child: vec![NONE; count],
            next: vec![NONE; count],
            previous: vec![NONE; count],
            stack: Vec::new(),
        };
        tree.depth[root as usize] = 0;
        (0..root).for_each(|vertex| tree.link(vertex));
        tree
    }

    pub fn parent(&self, vertex: usize) -> usize {
        self.parent[vertex] as usize
    }

    pub fn branch(&self, vertex: usize) -> Branch {
        self.branch[vertex]
    }

    pub fn depth(&self, vertex: usize) -> u32 {
        self.depth[vertex]
    }

    /// Cuts off the branch that hangs at `top` and hangs it up by its vertex `at` under another.
    pub fn rehang(&mut self, top: usize, (at, branch): (usize, Branch), under: usize) {
        let (mut vertex, mut parent, mut by) = (at, under, branch);
        loop {
            let (above, own) = (self.parent(vertex), self.branch[vertex]);
            self.cut(vertex);
            self.parent[vertex] = u32::try_from(parent).unwrap_or(NONE);
            self.branch[vertex] = by;
            self.link(u32::try_from(vertex).unwrap_or(NONE));
            if vertex == top {
                return;
            }
            (parent, by) = (vertex, Branch { arc: own.arc, up: !own.up });
            vertex = above;
        }
    }

    /// Visits a vertex and all below it, and sets their depths anew.
    pub fn settle(&mut self, from: usize, mut visit: impl FnMut(usize)) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(u32::try_from(from).unwrap_or(NONE));
        while let Some(vertex) = stack.pop() {
            let vertex = vertex as usize;
            self.depth[vertex] = self.depth[self.parent(vertex)] + 1;
            visit(vertex);
            let mut child = self.first_child[vertex];
            while child != NONE {
                stack.push(child);
                child = self.next[child as usize];
            }
        }
        self.stack = stack;
    }

    fn link(&mut self, vertex: u32) {
        let parent = self.parent[vertex as usize] as usize;
        let first = std::mem::replace(&mut self.first_child[parent], vertex);
        self.next[vertex as usize] = first;
        self.previous[vertex as usize] = NONE;
        if first != NONE {
            self.previous[first as usize] = vertex;
        }
    }

    fn cut(&mut self, vertex: usize) {
        let (previous, next) = (self.previous[vertex], self.next[vertex]);
        match previous {
            NONE => {
                let parent = self.parent(vertex);
                self.first_child[parent] = next;
            }
            previous => self.next[previous as usize] = next,
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_is_hung_up_by_another_vertex() {
        let up = |arc| Branch { arc, up: true };
        let mut tree = Tree::star(&[up(10), up(11), up(12), up(13)]);
        // 1 under 0, 2 under 1: the root is 4.
        tree.rehang(1, (1, up(20)), 0);
        tree.settle(1, |_| {});
        tree.rehang(2, (2, up(21)), 1);
        tree.settle(2, |_| {});
        assert_eq!([tree.depth(0), tree.depth(1), tree.depth(2)], [1, 2, 3]);
        // What hangs at 0 is cut off, and hung up by 2 under 3.
        tree.rehang(0, (2, Branch { arc: 22, up: false }), 3);
        let mut seen = Vec::new();
        tree.settle(2, |vertex| seen.push(vertex));
        assert_eq!(seen, [2, 1, 0]);
        assert_eq!([tree.parent(0), tree.parent(1), tree.parent(2)], [1, 2, 3]);
        assert_eq!(tree.branch(0), Branch { arc: 20, up: false });
        assert_eq!(tree.branch(1), Branch { arc: 21, up: false });
        assert_eq!([tree.depth(0), tree.depth(1), tree.depth(2), tree.depth(3)], [4, 3, 2, 1]);
    }
}

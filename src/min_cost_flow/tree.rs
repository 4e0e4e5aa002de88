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
/// Invariant: `size` counts a vertex and all below it; the root is its own parent.
#[derive(Clone, Debug)]
pub struct Tree {
    parent: Vec<u32>,
    branch: Vec<Branch>,
    size: Vec<u32>,
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
            size: vec![1; count],
            first_child: vec![NONE; count],
            next: vec![NONE; count],
            previous: vec![NONE; count],
            stack: Vec::new(),
        };
        tree.size[root as usize] = root.saturating_add(1);
        (0..root).for_each(|vertex| tree.link(vertex));
        tree
    }

    pub fn parent(&self, vertex: usize) -> usize {
        self.parent[vertex] as usize
    }

    pub fn branch(&self, vertex: usize) -> Branch {
        self.branch[vertex]
    }

    /// The first vertex that the ways to the root share.
    pub fn apex(&self, mut one: usize, mut other: usize) -> usize {
        // Whoever has no more below it is above nobody that has as much: it is not shared yet.
        while one != other {
            if self.size[one] < self.size[other] {
                one = self.parent(one);
            } else {
                other = self.parent(other);
            }
        }
        one
    }

    /// Cuts off the branch that hangs at `top` and hangs it up by its vertex `at` under another, whose way to the root
    /// meets that of `top` at the apex.
    pub fn rehang(&mut self, (top, apex): (usize, usize), (at, branch): (usize, Branch), under: usize) {
        let moved = self.size[top];
        let mut vertex = self.parent(top);
        while vertex != apex {
            self.size[vertex] -= moved;
            vertex = self.parent(vertex);
        }
        vertex = under;
        while vertex != apex {
            self.size[vertex] += moved;
            vertex = self.parent(vertex);
        }
        let (mut vertex, mut parent, mut by, mut before) = (at, under, branch, 0);
        loop {
            let (above, own) = (self.parent(vertex), self.branch[vertex]);
            self.cut(vertex);
            self.parent[vertex] = u32::try_from(parent).unwrap_or(NONE);
            self.branch[vertex] = by;
            // What hung below it with the vertex before now does not, and all that hung above does.
            let size = std::mem::replace(&mut self.size[vertex], moved - before);
            self.link(u32::try_from(vertex).unwrap_or(NONE));
            if vertex == top {
                return;
            }
            (parent, by, before) = (vertex, Branch { arc: own.arc, up: !own.up }, size);
            vertex = above;
        }
    }

    /// Whether most of the tree is below a vertex, or is it.
    pub fn holds_most(&self, vertex: usize) -> bool {
        self.size[vertex] as usize * 2 > self.size.len()
    }

    /// Visits a vertex and all below it.
    pub fn below(&mut self, from: usize, visit: impl FnMut(usize)) {
        self.walk(from, NONE as usize, visit);
    }

    /// Visits all but a vertex and what is below it.
    pub fn beside(&mut self, but: usize, visit: impl FnMut(usize)) {
        self.walk(self.size.len() - 1, but, visit);
    }

    fn walk(&mut self, from: usize, but: usize, mut visit: impl FnMut(usize)) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(u32::try_from(from).unwrap_or(NONE));
        while let Some(vertex) = stack.pop() {
            visit(vertex as usize);
            let mut child = self.first_child[vertex as usize];
            while child != NONE {
                if child as usize != but {
                    stack.push(child);
                }
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

    fn sizes(tree: &Tree) -> Vec<u32> {
        tree.size.clone()
    }

    #[test]
    fn a_branch_is_hung_up_by_another_vertex() {
        let up = |arc| Branch { arc, up: true };
        let mut tree = Tree::star(&[up(10), up(11), up(12), up(13)]);
        // 1 under 0, 2 under 1: the root is 4.
        tree.rehang((1, 4), (1, up(20)), 0);
        tree.rehang((2, 4), (2, up(21)), 1);
        assert_eq!(sizes(&tree), [3, 2, 1, 1, 5]);
        assert_eq!([tree.apex(0, 2), tree.apex(2, 3), tree.apex(3, 3)], [0, 4, 3]);
        assert!(tree.holds_most(0) && !tree.holds_most(1));
        // What hangs at 0 is cut off, and hung up by 2 under 3.
        tree.rehang((0, 4), (2, Branch { arc: 22, up: false }), 3);
        let mut seen = Vec::new();
        tree.below(2, |vertex| seen.push(vertex));
        assert_eq!(seen, [2, 1, 0]);
        seen.clear();
        tree.beside(2, |vertex| seen.push(vertex));
        assert_eq!(seen, [4, 3]);
        assert_eq!([tree.parent(0), tree.parent(1), tree.parent(2)], [1, 2, 3]);
        assert_eq!(tree.branch(0), Branch { arc: 20, up: false });
        assert_eq!(tree.branch(1), Branch { arc: 21, up: false });
        assert_eq!(sizes(&tree), [1, 2, 3, 4, 5]);
        // Within one branch: 0 is cut off below 1, and hung up under 3.
        tree.rehang((0, 3), (0, up(23)), 3);
        assert_eq!(sizes(&tree), [1, 1, 2, 4, 5]);
    }
}

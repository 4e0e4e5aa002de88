"""The best circulation of a network of integers, by a peer. A line is an arc: tail, head, capacity, gain for each unit.

Prints the optimum and the processor's seconds of the solve alone: without reading, and without building the peer's own problem where
it has one.

python3 circulation.py ortools|highs|networkx arcs.txt
"""

import sys
import time


def by_ortools(arcs):
    """OR-Tools' SimpleMinCostFlow: cost scaling, in integers."""
    from ortools.graph.python import min_cost_flow

    problem = min_cost_flow.SimpleMinCostFlow()
    for tail, head, capacity, gain in arcs:
        problem.add_arc_with_capacity_and_unit_cost(tail, head, capacity, -gain)
    start = time.process_time()
    if problem.solve() != problem.OPTIMAL:
        sys.exit("no optimum")
    return -problem.optimal_cost(), time.process_time() - start


def by_highs(arcs):
    """HiGHS on the linear program, a row for each participant: in doubles, so the optimum is rounded."""
    import highspy
    import numpy

    tails, heads, capacities, gains = (numpy.array(column) for column in zip(*arcs))
    count = len(arcs)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, int(max(tails.max(), heads.max())) + 1
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = gains.astype(float)
    program.col_lower_, program.col_upper_ = numpy.zeros(count), capacities.astype(float)
    program.row_lower_ = program.row_upper_ = numpy.zeros(program.num_row_)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = 2 * numpy.arange(count + 1)
    program.a_matrix_.index_ = numpy.column_stack([tails, heads]).ravel()
    program.a_matrix_.value_ = numpy.tile([1.0, -1.0], count)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    start = time.process_time()
    solver.run()
    spent = time.process_time() - start
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        sys.exit("no optimum")
    return round(solver.getInfo().objective_function_value), spent


def by_networkx(arcs):
    """NetworkX' network_simplex: in integers, in Python."""
    import networkx

    graph = networkx.MultiDiGraph()
    for tail, head, capacity, gain in arcs:
        graph.add_edge(tail, head, capacity=capacity, weight=-gain)
    start = time.process_time()
    cost, _ = networkx.network_simplex(graph)
    return -cost, time.process_time() - start


if __name__ == "__main__":
    peer = {"ortools": by_ortools, "highs": by_highs, "networkx": by_networkx}[sys.argv[1]]
    with open(sys.argv[2]) as lines:
        optimum, seconds = peer([tuple(map(int, line.split())) for line in lines])
    print(optimum, f"{seconds:.3f}")

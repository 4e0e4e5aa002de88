// The best circulation of a network of integers, by LEMON's network simplex method. A line is an arc: tail, head,
// capacity, gain for each unit. Prints the optimum and the seconds of the solve alone, without reading.
//
// c++ -O2 -o lemon_network_simplex lemon_network_simplex.cpp && ./lemon_network_simplex arcs.txt
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <vector>

int main(int count, char** arguments) {
    if (count != 2) return 2;
    std::ifstream file(arguments[1]);
    lemon::SmartDigraph graph;
    std::vector<long long> capacities, costs;
    long long tail, head, capacity, gain;
    while (file >> tail >> head >> capacity >> gain) {
        while (graph.maxNodeId() < std::max(tail, head)) graph.addNode();
        graph.addArc(graph.nodeFromId(tail), graph.nodeFromId(head));
        capacities.push_back(capacity);
        costs.push_back(-gain);
    }
    lemon::SmartDigraph::ArcMap<long long> upper(graph), cost(graph);
    for (lemon::SmartDigraph::ArcIt arc(graph); arc != lemon::INVALID; ++arc) {
        upper[arc] = capacities[graph.id(arc)];
        cost[arc] = costs[graph.id(arc)];
    }
    using Simplex = lemon::NetworkSimplex<lemon::SmartDigraph, long long, long long>;
    auto start = std::chrono::steady_clock::now();
    Simplex simplex(graph);
    simplex.upperMap(upper).costMap(cost);
    bool optimal = simplex.run() == Simplex::OPTIMAL;
    std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    if (!optimal) return 1;
    std::printf("%lld %.3f\n", -simplex.totalCost<long long>(), spent.count());
}

// The best ratio of all loops of a table, by the Boost Graph Library's maximum_cycle_ratio (Howard's policy iteration in
// doubles). Prints the ratio and the processor's seconds of the solve alone, without reading.
//
// c++ -O2 -o boost_ratio boost_ratio.cpp && ./boost_ratio flows.csv
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/howard_cycle_ratio.hpp>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using Weights = boost::property<boost::edge_weight_t, double, boost::property<boost::edge_weight2_t, double>>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Weights>;

int main(int count, char** arguments) {
    if (count != 2) return 2;
    std::ifstream file(arguments[1]);
    std::string line;
    std::getline(file, line);
    Graph graph;
    while (std::getline(file, line)) {
        // p1,p2,0.10,0.20
        std::istringstream cells(line);
        std::string from, to, cost, revenue;
        std::getline(cells, from, ',');
        std::getline(cells, to, ',');
        std::getline(cells, cost, ',');
        std::getline(cells, revenue, ',');
        auto place = [](const std::string& name) { return std::strtoul(name.c_str() + 1, nullptr, 10); };
        boost::add_edge(place(from), place(to), Weights(std::stod(revenue), std::stod(cost)), graph);
    }
    std::clock_t start = std::clock();
    double ratio = boost::maximum_cycle_ratio(graph, boost::get(boost::vertex_index, graph),
                                              boost::get(boost::edge_weight, graph),
                                              boost::get(boost::edge_weight2, graph));
    double spent = double(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf("%.12g %.3f\n", ratio, spent);
}

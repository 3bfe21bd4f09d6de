#include "host/harness/bench.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "host/harness/lone_client.hpp"
#include "host/harness/seen.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

constexpr auto kBetweenLooks = std::chrono::milliseconds(100);

std::string text_in(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() && found->is_string()
             ? found->get<std::string>()
             : std::string();
}

/// One server, and what its calls took.
class Side {
 public:
  Side(transport::Spawner& spawner, const host::ServerSpec& spec, const BenchPlan& plan)
      : client_(spawner, spec), params_({{"name", plan.tool}, {"arguments", plan.arguments}}) {
    require_tool(plan);
    figures_.at_start = look_at_memory();
    for (std::size_t i = 0; i < std::max<std::size_t>(plan.warm_up, 1); ++i) warm_up(i == 0);
  }

  void call() {
    nanoseconds took{};
    const Json result = client_.request("tools/call", params_, &took);
    times_.push_back(took);
    if (result.is_object() && result.value("isError", Json()) == true) ++figures_.errors;
  }

  std::size_t calls() const { return times_.size(); }

  /// Between calls: processes that the server starts may be gone at the end.
  MemoryUse look_at_memory() {
    const MemoryUse use = memory_of_tree(client_.pid());
    figures_.memory_peak = std::max(figures_.memory_peak, use.peak);
    return use;
  }

  BenchFigures figures() {
    figures_.at_end = look_at_memory();
    const Json info = client_.introduction().value("serverInfo", Json::object());
    figures_.server = client_.spec().name;
    figures_.name = text_in(info, "name");
    figures_.version = text_in(info, "version");
    figures_.start = client_.start_time();
    figures_.calls = times_.size();
    nanoseconds sum{};
    for (const nanoseconds each : times_) sum += each;
    if (sum.count() > 0) {
      figures_.calls_per_second =
          static_cast<double>(times_.size()) / std::chrono::duration<double>(sum).count();
    }
    std::ranges::sort(times_);
    figures_.p50 = percentile(times_, 0.50);
    figures_.p90 = percentile(times_, 0.90);
    figures_.p99 = percentile(times_, 0.99);
    figures_.max = percentile(times_, 1);
    return figures_;
  }

 private:
  void require_tool(const BenchPlan& plan) {
    const Json entry = client_.find_tool(plan.tool);
    if (entry.is_null()) {
      throw std::runtime_error(client_.spec().name + " has no tool " + plan.tool +
                               "; `adjutant tools` lists what it has.");
    }
    const Json annotations = entry.value("annotations", Json::object());
    const bool read_only =
        annotations.is_object() && annotations.value("readOnlyHint", Json()) == true;
    if (!read_only && !plan.writes) {
      throw std::runtime_error(plan.tool + " of " + client_.spec().name +
                               " is not marked read-only, and would be called many times; add "
                               "--writes if that does no harm.");
    }
  }

  void warm_up(bool first) {
    const Json result = client_.request("tools/call", params_);
    if (!first || !result.is_object() || result.value("isError", Json()) != true) return;
    throw std::runtime_error(client_.spec().name + " answers the call with an error: " +
                             look_at_result(result).text + "; mend its arguments.");
  }

  LoneClient client_;
  const Json params_;
  std::vector<nanoseconds> times_;
  BenchFigures figures_;
};

}  // namespace

nanoseconds percentile(const std::vector<nanoseconds>& sorted, double share) {
  if (sorted.empty()) return {};
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  const auto index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

std::vector<BenchFigures> bench(transport::Spawner& spawner,
                                const std::vector<host::ServerSpec>& servers,
                                const BenchPlan& plan) {
  std::vector<std::unique_ptr<Side>> sides;
  for (const host::ServerSpec& spec : servers) {
    sides.push_back(std::make_unique<Side>(spawner, spec, plan));
  }
  const Clock::time_point end = Clock::now() + plan.time * static_cast<int>(sides.size());
  const auto goes_on = [&] {
    const std::size_t done = sides.front()->calls();
    return done == 0 || (plan.calls ? done < *plan.calls : Clock::now() < end);
  };
  Clock::time_point look = Clock::now() + kBetweenLooks;
  while (goes_on()) {
    if (Clock::now() >= look) {
      for (const auto& side : sides) side->look_at_memory();
      look = Clock::now() + kBetweenLooks;
    }
    for (const auto& side : sides) side->call();
    std::ranges::reverse(sides);
    for (const auto& side : sides) side->call();
    std::ranges::reverse(sides);
  }
  std::vector<BenchFigures> figures;
  for (const auto& side : sides) figures.push_back(side->figures());
  return figures;
}

}  // namespace harness

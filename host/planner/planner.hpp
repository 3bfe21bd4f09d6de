#pragma once

#include "host/planner/plan.hpp"
#include "host/planner/world.hpp"

namespace host {

/// Turns what was observed into actions, each with its reason. It calls nothing.
class Planner {
 public:
  Planner() = default;
  Planner(const Planner&) = delete;
  Planner& operator=(const Planner&) = delete;
  virtual ~Planner() = default;
  virtual Plan plan(const World& world) = 0;
};

/// Small rules, no model, no network: the same world gives the same plan.
class EmbeddedPlanner final : public Planner {
 public:
  Plan plan(const World& world) override;
};

}  // namespace host

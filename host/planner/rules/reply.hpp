#pragma once

#include <string>

#include "host/planner/world.hpp"

namespace host {

/// A reply that promises an answer and decides nothing: when the user will have dealt with it, or
/// what is asked, quoted. The user reads it before it leaves.
std::string reply_text(const World& world, const email::Triaged& message);

/// The last sentence of a letter that asks something; empty if none does.
std::string question_in(const std::string& text);

/// "Dear Anna," for "Anna Kowalska <anna@example.org>".
std::string greeting(const std::string& from);

}  // namespace host

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/agent/agent.hpp"
#include "host/trust/audit_line.hpp"
#include "host/trust/cards.hpp"

namespace host {

/// What `--json` prints.
using OutputJson = nlohmann::ordered_json;

OutputJson to_json(const Card& card);
OutputJson to_json(const Unseen& unseen);
OutputJson to_json(const Notice& notice);
OutputJson to_json(const LeftOut& left_out);
OutputJson to_json(const Cycle::Step& step);
/// The structured content of an answer; its text where it has none.
OutputJson to_json(const CallResult& result);

template <class T>
OutputJson to_json(const std::vector<T>& list) {
  OutputJson json = OutputJson::array();
  for (const T& each : list) json.push_back(to_json(each));
  return json;
}

/// One value, with a line end, on standard output.
void print_json(const OutputJson& json);

}  // namespace host

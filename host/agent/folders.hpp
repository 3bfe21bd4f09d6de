#pragma once

#include <vector>

#include "host/agent/answers.hpp"
#include "host/planner/world.hpp"

namespace host {

/// The files of the folders that the user named, three folders deep, through the files server.
std::vector<Document> list_documents(Gate& gate, std::vector<Unseen>& unseen);

}  // namespace host

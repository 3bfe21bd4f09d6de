#pragma once

/// The values that schemas name as x-scalar or x-cpp: what generated structs are made of.
#include "schemas/common/json.hpp"
#include "schemas/common/repeat.hpp"
#include "schemas/common/time.hpp"
#include "schemas/common/when.hpp"

"""What is answered: legs, itineraries, and the plan that holds them."""
